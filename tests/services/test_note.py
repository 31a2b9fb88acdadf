"""The note of a saved entry, changed: sealed, within rights, and never over somebody else's words."""

import pytest
from sqlalchemy import select

from mexile.ground import keyring, seal
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.services.service.models import Service

URL = "/services/S-00001/note"


def _note(app):
    with app.app_context(), seal.silent():
        return db.session.scalars(select(Service)).one().note


def test_a_note_is_added_changed_and_taken_away_under_the_persons_key(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia)
    for version, text in (("1", "first words"), ("2", "other words"), ("3", "")):
        assert lucia.post(URL, data={"version": version, "note": text}).status_code == 302
        assert _note(app) == (text or None)
        with app.app_context():
            row = db.session.scalars(select(Service)).one()
            assert row.key_id == house.ana.key_id and b"words" not in (row.note_enc or b"")
    with app.app_context():
        rows = db.session.scalars(select(TrailRow.detail).where(TrailRow.act == "service.note")).all()
        assert len(rows) == 3 and "words" not in str(rows)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_note_about_several_has_a_key_of_its_own(app, house, make, lucia, hidden):
    make.service(people=[house.ana, house.berta if hidden else house.luis], by=house.lucia)
    assert lucia.post(URL, data={"version": "1", "note": "both"}).status_code == 302
    with app.app_context():
        assert db.session.scalar(select(Service.key_id)) not in (None, house.ana.key_id, house.berta.key_id)


def test_a_stale_note_shows_both_and_keeps_what_was_typed(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia)
    assert lucia.post(URL, data={"version": "1", "note": "hers"}).status_code == 302
    answer = lucia.post(URL, data={"version": "1", "note": "mine"})
    assert answer.status_code == 409 and "hers" in answer.text and "mine" in answer.text
    assert _note(app) == "hers"
    assert lucia.post(URL, data={"version": "2", "note": "mine"}).status_code == 302
    assert _note(app) == "mine"


def test_the_page_shows_the_note_and_carries_the_line_about_crossings(house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, key_id=house.ana.key_id, note="quiet words")
    page = lucia.get(URL).text
    assert "quiet words" in page and "Don&#39;t write how someone plans to cross" in page.replace("Don't", "Don&#39;t")
    assert "Change the note" in lucia.get("/services/S-00001").text


def test_nobody_else_may_and_a_bad_version_is_refused(house, make, lucia, client_as):
    make.service(people=[house.berta])
    assert lucia.get(URL).status_code == lucia.post(URL, data={"version": "1", "note": "x"}).status_code == 404
    assert client_as("volunteer").get(URL).status_code == 404
    assert client_as("attorney").post(URL, data={"version": "x", "note": "kept"}).status_code == 422


def test_a_note_whose_key_was_destroyed_is_changed_by_nobody(app, house, make, client_as):
    make.service(people=[house.ana], by=house.lucia, key_id=house.ana.key_id, note="quiet words")
    with app.app_context():
        keyring.current().destroy(house.ana.key_id)
    client = client_as("attorney")
    assert client.get(URL).status_code == client.post(URL, data={"version": "1", "note": "x"}).status_code == 404
