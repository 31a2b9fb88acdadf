"""Two people change one record: the second is shown both versions, and nothing that was typed is lost."""

import re

import pytest
from sqlalchemy import select

from mexile.grants.award.models import GrantAward
from mexile.ground.db import db
from mexile.ground.organization import Organization

ORGANIZATION = {
    "legal_name": "Example House Inc", "short_name": "Example", "ein": "00-0000000", "address": "1 Example St, 00000", "sentence_en": "We help.",
    "sentence_es": "Ayudamos.", "mail_from": "office@example.org", "zone": "America/Denver", "fiscal_year_month": "1", "languages": "en es",
}  # fmt: skip


def shown(page: str, name: str = "version") -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


def test_the_second_who_changes_the_organization_sees_both_versions_and_loses_nothing(app, client_as):
    first, second = client_as("administrator"), client_as("director")
    version = shown(first.get("/organization").text)
    mine = {**ORGANIZATION, "version": version, "address": "2 Mine St, 00000"}
    assert (
        second.post(
            "/organization",
            data={**ORGANIZATION, "version": version, "address": "3 Theirs St, 00000", "ein": "99-9999999"},
        ).status_code
        == 302
    )
    stale = first.post("/organization", data=mine)
    assert stale.status_code == 409
    for words in ("2 Mine St, 00000", "3 Theirs St, 00000", "99-9999999", 'name="theirs" value="ein"'):
        assert words in stale.text, words
    settled = first.post("/organization", data={**mine, "version": shown(stale.text), "theirs": "ein"})
    assert settled.status_code == 302
    with app.app_context():
        assert db.session.execute(select(Organization.address, Organization.ein)).one() == (
            "2 Mine St, 00000",
            "99-9999999",
        )


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 20, "-1"])
def test_a_version_that_no_page_shows_changes_nothing(client_as, version):
    assert (
        client_as("administrator").post("/organization", data={**ORGANIZATION, "version": version}).status_code == 409
    )


def test_the_second_who_changes_a_grant_sees_both_versions_and_loses_nothing(app, make, client_as):
    grant = make.grant()
    first, second = client_as("director"), client_as("director")
    page = first.get(f"/grants/{grant.code}/edit").text
    typed = {"funder": "Example Fund", "title_en": "Mine", "title_es": "Mío", "amount": "1000", "from_on": "2026-01-01",
             "to_on": "2026-12-31", "fiscal_year_month": "1", "version": shown(page)}  # fmt: skip
    assert (
        second.post(f"/grants/{grant.code}/edit", data={**typed, "title_en": "Theirs", "amount": "2000"}).status_code
        == 302
    )
    stale = first.post(f"/grants/{grant.code}/edit", data=typed)
    assert stale.status_code == 409
    for words in ('value="Mine"', "Theirs", "2000", 'name="theirs" value="amount"'):
        assert words in stale.text, words
    settled = first.post(f"/grants/{grant.code}/edit", data={**typed, "version": shown(stale.text), "theirs": "amount"})
    assert settled.status_code == 302
    with app.app_context():
        row = db.session.execute(
            select(GrantAward.title_en, GrantAward.amount_cents).where(GrantAward.code == grant.code)
        ).one()
        assert row == ("Mine", 200000)


def test_of_two_who_set_how_to_reach_somebody_the_second_is_told_what_holds(make, client_as):
    worker = make.user(role="caseworker")
    ana = make.member(assigned=worker)
    first, second = client_as(user=worker), client_as("attorney")
    address = f"/members/{ana.code}/contacts"
    before = shown(first.get(address).text, "shown")
    assert second.post(f"{address}/rules", data={"shown": before, "safe": "no_sms"}).status_code == 302
    stale = first.post(f"{address}/rules", data={"shown": before, "safe": "call_only"})
    assert stale.status_code == 409 and shown(stale.text, "shown") == "no_sms"
    assert first.post(f"{address}/rules", data={"shown": "no_sms", "safe": ["call_only", "no_sms"]}).status_code == 302


def test_what_a_record_in_another_state_refuses_stays_on_the_page(make, client_as):
    client = client_as("caseworker")
    address = f"/services/{make.service(by=client.user).code}/void"
    assert client.post(address, data={"reason": "It was another day"}).status_code == 302
    refused = client.post(address, data={"reason": "It was another person"})
    assert refused.status_code == 409 and "It was another person" in refused.text
