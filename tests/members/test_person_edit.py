"""Changing what is written: only what differs, and never over somebody else's words."""

import pytest
from sqlalchemy import select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.person.models import Member


@pytest.fixture
def ana(make):
    one = make.member(alias="Golondrina", legal_name="Ana Reyes Luna", language="spa", phone="+19155550123")
    make.consent(one)
    return one


FIELDS = {
    "alias": "Golondrina",
    "given_names": "Ana",
    "surnames": "Reyes Luna",
    "language": "spa",
    "phone": "+19155550123",
    "version": "1",
}


def _now(app, ana):
    with app.app_context(), seal.silent():
        one = db.session.get(Member, ana.id)
        return {"alias": one.alias, "language": one.language, "phone": one.phone, "version": one.version}


def test_the_form_shows_what_is_written(ana, client_as):
    text = client_as("attorney").get(f"/members/{ana.code}/edit").text
    for value in ("Golondrina", 'value="Ana"', 'value="Reyes Luna"', "915-555-0123"):
        assert value in text


def test_only_what_differs_is_written_and_the_trail_names_the_fields(app, ana, client_as):
    client_as("attorney").post(f"/members/{ana.code}/edit", data={**FIELDS, "alias": "Colibrí"})
    assert _now(app, ana)["alias"] == "Colibrí"
    with app.app_context():
        detail = db.session.scalars(select(TrailRow.detail).where(TrailRow.act == "member.edit")).one()
    assert detail == '{"fields":["alias","surnames"]}'


def test_saving_without_a_change_writes_nothing(app, make, client_as):
    one = make.member(alias="Golondrina")
    client_as("attorney").post(f"/members/{one.code}/edit", data={"alias": "Golondrina", "version": "1"})
    with app.app_context():
        assert db.session.scalars(select(TrailRow.act).where(TrailRow.act == "member.edit")).all() == []
        assert db.session.get(Member, one.id).version == 1


def test_a_stale_edit_shows_both_versions_and_keeps_what_was_typed(app, ana, client_as):
    mine, theirs = client_as("attorney"), client_as("director")
    theirs.post(f"/members/{ana.code}/edit", data={**FIELDS, "alias": "Cenzontle", "language": "tar"})
    answer = mine.post(f"/members/{ana.code}/edit", data={**FIELDS, "alias": "Colibrí", "safe_note": "de noche"})
    assert answer.status_code == 409
    for words in ("Cenzontle", "Colibrí", "Rarámuri", "de noche", 'name="theirs" value="alias"'):
        assert words in answer.text
    assert _now(app, ana)["alias"] == "Cenzontle"


def test_saving_again_after_comparing_takes_what_was_chosen(app, ana, client_as):
    mine, theirs = client_as("attorney"), client_as("director")
    theirs.post(f"/members/{ana.code}/edit", data={**FIELDS, "alias": "Cenzontle", "language": "tar"})
    typed = {**FIELDS, "alias": "Colibrí", "version": str(_now(app, ana)["version"]), "theirs": ["language"]}
    assert mine.post(f"/members/{ana.code}/edit", data=typed).status_code == 302
    assert (_now(app, ana)["alias"], _now(app, ana)["language"]) == ("Colibrí", "tar")


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999"])
def test_a_form_without_a_version_that_fits_is_stale(app, ana, client_as, version):
    data = {**FIELDS, "alias": "Colibrí", "version": version}
    assert client_as("attorney").post(f"/members/{ana.code}/edit", data=data).status_code == 409
    assert _now(app, ana)["alias"] == "Golondrina"


def test_an_identifying_field_waits_for_consent_here_too(app, make, client_as):
    one = make.member(alias="Golondrina")
    client = client_as("attorney")
    data = {"alias": "Golondrina", "surnames": "Reyes", "version": "1"}
    assert client.post(f"/members/{one.code}/edit", data=data).status_code == 422
    data |= {"consent": "y", "consent_on": "2026-01-15"}
    assert client.post(f"/members/{one.code}/edit", data=data).status_code == 302


def test_a_telephone_keeps_its_blind_index_in_step(app, ana, client_as):
    client_as("attorney").post(f"/members/{ana.code}/edit", data={**FIELDS, "phone": "9155550177"})
    with app.app_context():
        assert db.session.get(Member, ana.id).phone_bidx == seal.blind("member.phone", "+19155550177")
    client_as("attorney").post(f"/members/{ana.code}/edit", data={**FIELDS, "phone": "", "version": "2"})
    with app.app_context():
        assert db.session.get(Member, ana.id).phone_bidx is None


def test_two_who_save_at_once_do_not_both_win(app, ana, client_as):
    mine, theirs = client_as("attorney"), client_as("director")
    answers = [
        client.post(f"/members/{ana.code}/edit", data={**FIELDS, "alias": alias}).status_code
        for client, alias in ((mine, "Uno"), (theirs, "Dos"))
    ]
    assert answers == [302, 409] and _now(app, ana)["alias"] == "Uno"
