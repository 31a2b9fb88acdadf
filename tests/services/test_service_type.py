"""The director's list of services: changed with its history, retired and never deleted, found by its words at once."""

from datetime import date

import pytest

from mexile.ground.db import db
from mexile.services.service.models import Service
from mexile.services.service_type.models import ServiceType
from mexile.services.service_type.queries import missing

YOGA = {
    "en": "Yoga class", "es": "Clase de yoga", "category": "health", "unit": "people", "counts": "person",
    "minutes": "90m", "place": "community", "mode": "in_person", "words_en": "yoga, stretching", "words_es": "yoga",
}  # fmt: skip


@pytest.fixture
def elena(house, client_as):
    return client_as("director")


def _held(app, code):
    """What the page of a type would send back unchanged."""
    with app.app_context():
        row = db.session.get_one(ServiceType, code)
        return {name: getattr(row, name) for name in (*YOGA, "version")} | {"minutes": f"{row.minutes}m"}


def test_a_new_type_is_found_by_its_words_in_the_next_line(app, house, elena, lucia):
    assert lucia.post("/services/reading", data={"line": "reyes yoga"}).text.count("Yoga class") == 0
    assert elena.post("/services/types/new", data=YOGA).status_code == 302
    said = lucia.post("/services/reading", data={"line": "ME-0001 +fam yoga"}).text
    assert "Yoga class" in said and "data-ready" in said
    assert lucia.post("/services/log", data={"line": "ME-0001 +fam yoga"}).status_code == 302
    with app.app_context():
        assert db.session.query(Service.quantity).all() == [(3,)]


def test_a_change_says_what_it_was_and_what_was_logged_keeps_what_was_written(app, house, elena, lucia, make):
    lucia.post("/services/log", data={"line": "ME-0001 +fam comida"})
    changed = _held(app, "food") | {"counts": "household", "en": "Food boxes"}
    assert elena.post("/services/types/food", data=changed).status_code == 302
    page = elena.get("/services/types/food").text
    assert "one for each person, now one for each household" in page and "Food support, now Food boxes" in page
    assert elena.user.name in page
    with app.app_context():
        assert db.session.query(Service.quantity).all() == [(3,)]
    said = lucia.post("/services/reading", data={"line": "ME-0001 +fam comida hoy"}).text
    assert "Food boxes" in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"words_en": "yoga, ice"}, "“ice” finds ICE check-in accompaniment already"),
        ({"es": "Consulta legal"}, "“Consulta legal” finds Legal consultation already"),
        ({"unit": "hours"}, "Hours are counted from the time"),
        ({"en": ""}, "Please fill this in"),
        ({"minutes": "25h"}, "at most 24 hours"),
        ({"category": "none"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(house, elena, wrong, words):
    answer = elena.post("/services/types/new", data=YOGA | wrong)
    assert answer.status_code == 422 and words in answer.text and "yoga" in answer.text


def test_a_unit_stands_once_something_was_logged_in_it(app, house, elena, lucia):
    lucia.post("/services/log", data={"line": "ME-0001 comida"})
    answer = elena.post("/services/types/food", data=_held(app, "food") | {"unit": "people"})
    assert answer.status_code == 422 and "its unit stands" in answer.text
    assert elena.post("/services/types/clothing", data=_held(app, "clothing") | {"unit": "people"}).status_code == 302


def test_a_retired_type_is_offered_no_more_keeps_what_was_logged_and_can_be_taken_up_again(house, elena, lucia):
    lucia.post("/services/log", data={"line": "ME-0001 ropa"})
    assert elena.post("/services/types/clothing/retirement").status_code == 302
    assert "Nothing is logged as this from" in elena.get("/services/types/clothing").text
    assert "Clothing" not in lucia.post("/services/reading", data={"line": "ME-0001 ropa"}).text
    assert "Clothing and household" in lucia.get("/services").text
    assert lucia.post("/services/S-00001/again", data={"again": "yes"}).status_code == 422
    assert elena.post("/services/types/clothing/retirement").status_code == 302
    assert "data-ready" in lucia.post("/services/reading", data={"line": "ME-0001 ropa ayer"}).text


def test_what_dates_are_logged_as_cannot_be_retired(house, elena):
    assert "Retire" not in elena.get("/services/types/acc_ice").text.partition("<h1>")[2].partition("<form")[0]
    assert elena.post("/services/types/acc_ice/retirement").status_code == 422


def test_two_at_once_see_both_versions(app, house, elena):
    before = _held(app, "food")
    elena.post("/services/types/food", data=before | {"minutes": "25m"})
    answer = elena.post("/services/types/food", data=before | {"place": "community"})
    assert answer.status_code == 409 and "Somebody else changed this record" in answer.text


def test_only_the_director_changes_them_and_a_first_step_ends_with_it(in_app, make, client_as):
    make.service_types()
    assert client_as("caseworker").get("/services/types").status_code == 404
    assert [problem.place for problem in missing()] == ["service_type"]
    db.session.rollback()
    make.service(on=date(2026, 3, 2))
    assert missing() == []
