"""An entry that was cancelled by mistake counts again, and passes what a new one passes."""

from datetime import timedelta

from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.service.models import Service


def _standing(app):
    with app.app_context():
        return [code for (code,) in db.session.query(Service.code).filter(Service.stands()).order_by(Service.id)]


def _cancelled(lucia, line="ana comida"):
    lucia.post("/services/log", data={"line": line})
    assert lucia.post("/services/S-00001/void", data={"reason": "the wrong day"}).status_code == 302


def test_a_cancelled_entry_is_restored_and_counts_again(app, house, lucia):
    _cancelled(lucia)
    assert "Restore this entry" in lucia.get("/services/S-00001").text and _standing(app) == []
    assert lucia.post("/services/S-00001/restoration").status_code == 302
    page = lucia.get("/services/S-00001").text
    assert _standing(app) == ["S-00001"] and "Correct entry" in page and "Restore this entry" not in page
    assert lucia.post("/services/S-00001/restoration").status_code == 409


def test_where_the_same_was_logged_since_it_is_asked(app, house, lucia):
    _cancelled(lucia)
    lucia.post("/services/log", data={"line": "ana comida"})
    answer = lucia.post("/services/S-00001/restoration")
    assert answer.status_code == 422 and "S-00002" in answer.text and "Yes, it counts as well" in answer.text
    assert lucia.post("/services/S-00001/restoration", data={"again": "yes"}).status_code == 302
    assert _standing(app) == ["S-00001", "S-00002"]


def test_an_entry_for_a_closed_person_is_not_restored(app, make, house, lucia):
    _cancelled(lucia)
    make.closure(house.ana)
    answer = lucia.post("/services/S-00001/restoration", data={"again": "yes"})
    assert answer.status_code == 422 and "is closed" in answer.text and "Yes, it counts" not in answer.text


def test_it_closes_its_open_date_once_more(app, make, house, lucia):
    make.event(on=clock.today(), owner=house.lucia, people=[house.ana], kind="ice_checkin")
    _cancelled(lucia, "ana ice")
    assert lucia.post("/services/S-00001/restoration").status_code == 302
    with app.app_context():
        assert db.session.query(Service.event_id).all() == [(1,)]
    assert lucia.post("/events/E-0001/outcome", data={"outcome": "done", "version": "1"}).status_code == 409


def test_somebody_else_s_entry_is_not_there(house, make, client_as):
    service = make.service(people=[house.berta], on=clock.today() - timedelta(days=1))
    make.service_void(service)
    assert client_as(user=house.lucia).post(f"/services/{service.code}/restoration").status_code == 404
