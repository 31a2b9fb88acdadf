"""An old bookmark leads to its page, and a form that was open while addresses changed arrives."""

import pytest

MOVED = {
    "/organisation": "/organization",
    "/gifts/donors/D-0001/edit": "/donors/D-0001/edit",
    "/members/arrivals": "/arrivals",
    "/members/imports": "/sheets",
    "/members/imports/I-0001/columns": "/sheets/I-0001/mapping",
    "/members/imports/I-0001/rows": "/sheets/I-0001/rows",
    "/inquiries/IQ-0001/names": "/inquiries/IQ-0001/conflict",
    "/members/ME-0001/adverse/check": "/members/ME-0001/conflict/check",
}


@pytest.mark.once
@pytest.mark.parametrize("old", MOVED)
def test_a_page_is_found_at_its_new_address(client_as, old):
    answer = client_as("director").get(f"{old}?after=ME-0412&lang=es")
    assert answer.status_code == 308 and answer.headers["Location"].endswith(f"{MOVED[old]}?after=ME-0412&lang=es")


@pytest.mark.once
def test_what_only_looks_like_an_old_address_leads_nowhere(client_as):
    client = client_as("director")
    for address in ("/members/imports2", "/organisation/x", "/members/arrivals/1"):
        assert client.get(address).status_code == 404


@pytest.mark.once
def test_a_form_that_was_open_arrives(make, client_as):
    asked = make.inquiry(consented=True)
    sent = {"kind": "persecutor", "name": "El Ficticio", "persecutor": "c_other"}
    client = client_as("attorney")
    answer = client.post(f"/inquiries/{asked.code}/names", data=sent, follow_redirects=True)
    assert [step.status_code for step in answer.history] == [308, 302]
    assert "El Ficticio" in client.get(f"/inquiries/{asked.code}/conflict").text
