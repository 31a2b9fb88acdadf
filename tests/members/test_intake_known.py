"""Somebody we may know already: by A-number, and by every telephone a person is reached at."""

import re

import pytest
from sqlalchemy import func, select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.contact.models import MemberContact
from mexile.members.detail.models import MemberANumber
from mexile.members.intake.rules import compared
from mexile.members.person.actions import phone_index
from mexile.members.person.models import Member

CONSENT = {"consent": "y", "consent_on": "2026-01-15"}
NEW = {"alias": "Nube", **CONSENT}
WARNING = "Do we know this person already?"


def _count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def _acts(app):
    with app.app_context():
        return set(db.session.scalars(select(TrailRow.act)))


@pytest.fixture
def rosa(make):
    """Known to us, reached at two numbers, with an A-number."""
    one = make.member(legal_name="Rosa Reyes Luna", phone="+19155550123", phone_bidx=phone_index("+19155550123"))
    make.consent(one)
    make.contact(one, kind="whatsapp", value="+526565550188")
    make.member_detail(one, a_numbers=["078123456"])
    return one


def test_an_a_number_is_the_strongest_reason():
    said = compared(names=[], born=None, other_names=[], other_born=None, same_phone=True, same_a_number=True)
    assert said.reasons == ("a_number", "phone")
    assert not compared(names=["Ana"], born=None, other_names=["Ana"], other_born=None)


@pytest.mark.parametrize(
    "typed", [{"a_number": "A 78-123-456"}, {"phone": "+52 656 555 0188"}, {"phone": "915 555 0123"}]
)
def test_a_caller_with_a_number_of_somebody_we_know_is_shown_beside_them(app, rosa, client_as, typed):
    answer = client_as("attorney").post("/members/new", data={**NEW, **typed})
    assert answer.status_code == 422
    assert WARNING in answer.text and rosa.code in answer.text and "Rosa Reyes Luna" in answer.text
    assert "the same" in answer.text and _count(app, Member) == 1


@pytest.mark.parametrize("typed", [{"a_number": "078123456"}, {"phone": "+52 656 555 0188"}])
def test_outside_ones_rights_the_warning_says_only_to_ask(app, rosa, client_as, typed):
    answer = client_as("intake").post("/members/new", data={**NEW, **typed})
    assert answer.status_code == 422 and "Ask the attorney" in answer.text
    assert rosa.code not in answer.text and "Reyes" not in answer.text
    assert "member.known_elsewhere" in _acts(app)


def test_a_number_of_nobody_is_kept_sealed_under_the_persons_key(app, client_as):
    assert client_as("intake").post("/members/new", data={**NEW, "a_number": "78 123 456"}).status_code == 302
    with app.app_context(), seal.silent():
        row, one = db.session.scalars(select(MemberANumber)).one(), db.session.scalars(select(Member)).one()
        assert row.number == "078123456" and row.key_id == one.key_id and b"123456" not in row.number_enc


def test_an_a_number_waits_for_consent_and_has_seven_digits_at_least(app, client_as):
    client = client_as("intake")
    before = client.post("/members/new", data={"alias": "Nube", "a_number": "078123456"})
    short = client.post("/members/new", data={**NEW, "a_number": "12345"})
    assert before.status_code == short.status_code == 422
    assert 'href="#consent"' in before.text and "seven to nine digits" in short.text
    assert _count(app, Member) == 0


def test_the_same_person_keeps_the_a_number_that_was_typed_on_the_page(rosa, client_as):
    data = {**NEW, "phone": "915 555 0123", "a_number": "099888777", "decision": f"same:{rosa.code}"}
    answer = client_as("attorney").post("/members/new", data=data)
    assert answer.status_code == 200 and "A099-888-777" in answer.text


def test_a_way_added_later_that_is_somebody_elses_is_asked_once_more(app, rosa, make, client_as):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    client, url = client_as("attorney"), f"/members/{ana.code}/contacts"
    data = {"kind": "phone", "value": "+52 656 555 0188", "note": "typed and kept"}
    answer = client.post(url, data=data)
    assert answer.status_code == 422 and WARNING in answer.text and "Rosa Reyes Luna" in answer.text
    assert "typed and kept" in answer.text and _count(app, MemberContact) == 1
    assert client.post(url, data={**data, "decision": "new"}).status_code == 302
    assert _count(app, MemberContact) == 2


def test_a_number_of_somebody_hidden_says_only_to_ask_the_attorney(app, rosa, make, client_as):
    client = client_as("caseworker")
    ana = make.member(alias="Golondrina", assigned=client.user)
    make.consent(ana)
    for path, data in (
        ("contacts", {"kind": "phone", "value": "+52 656 555 0188"}),
        ("details", {"a_numbers": "078123456", "version": "0"}),
        ("edit", {"alias": "Golondrina", "phone": "915 555 0123", "version": "1"}),
    ):
        answer = client.post(f"/members/{ana.code}/{path}", data=data)
        assert answer.status_code == 422 and "Ask the attorney" in answer.text, path
        assert rosa.code not in answer.text and "Reyes" not in answer.text
    assert "member.known_elsewhere" in _acts(app)


def test_ones_own_numbers_are_no_warning_and_are_not_asked_twice(app, rosa, make, client_as):
    client = client_as("attorney")
    assert (
        client.post(f"/members/{rosa.code}/contacts", data={"kind": "signal", "value": "915 555 0123"}).status_code
        == 302
    )
    again = {"a_numbers": "A078-123-456", "version": "1"}
    assert client.post(f"/members/{rosa.code}/details", data=again).status_code == 302


def test_a_changed_way_is_asked_too(app, rosa, make, client_as):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    row = make.contact(ana, value="+19155550177")
    client, url = client_as("attorney"), f"/members/{ana.code}/contacts/{row.id}"
    data = {"kind": "phone", "value": "915 555 0123", "version": "1"}
    assert WARNING in client.post(url, data=data).text
    assert client.post(url, data={**data, "decision": "new"}).status_code == 302


def test_a_name_written_after_the_first_hour_is_compared_as_well(rosa, make, client_as):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    client, url = client_as("attorney"), f"/members/{ana.code}/edit"
    data = {"alias": "Golondrina", "given_names": "Rosa", "surnames": "Reies Luna", "version": "1"}
    answer = client.post(url, data=data)
    assert answer.status_code == 422 and WARNING in answer.text and rosa.code in answer.text
    assert client.post(url, data={**data, "decision": "new"}).status_code == 302
    again = {**data, "origin_state": "MX-GRO", "version": "2"}
    assert client.post(url, data=again).status_code == 302


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_warning_speaks_both_languages(rosa, make, client_as, language):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    client = client_as(user=make.user(role="attorney", language=language))
    data = {"kind": "phone", "value": "+52 656 555 0188"}
    words = {"en": "save this, then compare both records", "es": "después comparar los dos registros"}[language]
    assert words in client.post(f"/members/{ana.code}/contacts", data=data).text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("contacts", {"kind": "phone", "value": "+52 656 555 0188"}),
        ("details", {"a_numbers": "078123456", "version": "0"}),
        ("edit", {"alias": "Golondrina", "phone": "915 555 0123", "version": "1"}),
    ],
)
def test_the_later_warning_leads_on_to_the_merge_or_the_relation_and_what_was_typed_is_saved(
    rosa, make, client_as, path, data
):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    client, url = client_as("attorney"), f"/members/{ana.code}/{path}"
    page = client.post(url, data=data).text
    assert f'value="same:{rosa.code}"' in page and f'value="relative:{rosa.code}"' in page
    assert client.post(url, data={**data, "decision": "same:"}).status_code == 422
    merge = client.post(url, data={**data, "decision": f"same:{rosa.code}"}).headers["Location"]
    assert merge == f"/members/{ana.code}/merge?other={rosa.code}" and "Rosa Reyes Luna" in client.get(merge).text


def test_a_relative_found_later_is_written_down_in_a_step_and_a_caseworker_asks_for_the_merge(rosa, make, client_as):
    client = client_as("caseworker")
    ana = make.member(alias="Golondrina", assigned=client.user)
    make.consent(ana)
    make.assign(rosa, client.user)
    url, data = f"/members/{ana.code}/contacts", {"kind": "phone", "value": "+52 656 555 0188"}
    page = client.post(url, data=data).text
    assert f"same:{rosa.code}" not in page and "ask the attorney" in page
    relation = client.post(url, data={**data, "decision": f"relative:{rosa.code}"}).headers["Location"]
    assert f'value="{rosa.code}"' in client.get(relation).text
    assert client.post(relation, data={"other": rosa.code, "side": "sibling"}).status_code == 302
    assert rosa.code in client.get(f"/members/{ana.code}/relations").text


def test_two_records_with_the_same_number_are_merged_to_one_number(rosa, make, client_as):
    ana = make.member(alias="Golondrina")
    make.consent(ana)
    client = client_as("attorney")
    data = {"a_numbers": "078123456", "version": "0", "decision": f"same:{rosa.code}"}
    merge = client.post(f"/members/{ana.code}/details", data=data).headers["Location"]
    page = client.get(merge).text
    sent = dict(re.findall(r'name="(versions|other)"[^>]*value="([^"]*)"', page))
    answer = client.post(merge.partition("?")[0], data={**sent, "other": rosa.code, "sure": "y"})
    assert answer.status_code == 302, answer.text
    assert client.get(f"/members/{ana.code}/details").text.count("A078-123-456") == 1
