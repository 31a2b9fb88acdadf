"""What somebody searches for may be a name: it stands in no address, since whatever is between us and a browser logs those."""

import re

import pytest

FORM = re.compile(r"<form method=\"get\".*?</form>", re.DOTALL)


@pytest.mark.once
def test_no_page_searches_by_a_word_in_its_address(make, client_as):
    client = client_as("attorney", "director", "development")
    ana = make.member(legal_name="Ana Quetzal", assigned=client.user)
    for page in ("/members", f"/members/{ana.code}/household", "/alerts", "/gifts"):
        text = client.get(page).text
        assert 'type="search"' in text and not [form for form in FORM.findall(text) if 'type="search"' in form], page


@pytest.mark.once
@pytest.mark.parametrize("address", ["/members/search", "/members/{code}/household/search", "/alerts/search"])
def test_a_member_is_found_by_a_form(make, client_as, address):
    client = client_as("attorney")
    make.member(legal_name="Ana Quetzal", assigned=client.user)
    other = make.member(assigned=client.user)
    for live in ({}, {"X-Live-Search": "1"}):
        answer = client.post(address.format(code=other.code), data={"q": "quetzal"}, headers=live)
        assert answer.status_code == 200 and "Quetzal" in answer.text
    assert client.post(address.format(code=other.code), data={"q": ""}).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("address", ["/members", "/gifts", "/alerts", "/members/{code}/household", "/inquiries"])
def test_a_word_in_an_address_searches_nothing_and_is_repeated_nowhere(app, make, client_as, address):
    make.member(legal_name="Quetzal Fijo", phone="+19155550123")
    other = make.member(legal_name="Nube Ajena")
    client, where = client_as("attorney", "development"), address.format(code=other.code)
    plain, asked = client.get(where).text, client.get(where, query_string={"q": "Quetzal Canario"}).text
    assert "Canario" not in asked and asked.count("Quetzal") == plain.count("Quetzal")


@pytest.mark.once
@pytest.mark.parametrize("address", ["/members?q=Quetzal&sort=name", "/gifts?q=Quetzal", "/trail?who=Quetzal"])
def test_a_lock_and_a_sign_in_repeat_no_word_of_a_search(app, make, client_as, address):
    stranger = app.test_client().carry(app, None, None)
    answer = stranger.get(address)
    assert answer.status_code == 302 and "Quetzal" not in answer.location and "next=" in answer.location
    page = stranger.get("/sign-in", query_string={"next": address}).text
    signed = client_as("attorney", "director", "development", "auditor")
    assert "Quetzal" not in signed.post("/language", data={"language": "es", "next": address}).location
    assert "<form" in page


@pytest.mark.once
@pytest.mark.parametrize(
    "path",
    [
        "//[",
        "http://[",
        "/members//[",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/static/x",
        "/nowhere",
        "\0",
        "/" * 4000,
    ],
)
def test_an_address_that_is_none_of_ours_leads_to_the_first_page(client_as, path):
    client = client_as("caseworker")
    for answer in (
        client.post("/language", data={"language": "es", "next": path}),
        client.post("/account/shortcuts", data={"on": "yes", "back": path}),
    ):
        assert answer.status_code in (302, 303) and "evil" not in answer.location
