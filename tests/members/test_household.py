"""Households: dated membership, one head, and only the people one may know of."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.members.household.models import HouseholdMembership


def _rows(app, **wanted):
    with app.app_context():
        return [
            (row.member_id, row.role, row.to_on is None)
            for row in db.session.scalars(select(HouseholdMembership).order_by(HouseholdMembership.id))
        ]


def test_a_household_is_made_and_people_join_it(app, make, client_as):
    one, two = make.member(legal_name="Ana Reyes"), make.member(legal_name="Beto Reyes")
    client = client_as("attorney")
    url = f"/members/{one.code}/household"
    assert client.post(url, data={"role": "head"}).status_code == 302
    assert client.post(url, data={"who": two.code.lower(), "role": "child"}).status_code == 302
    assert _rows(app) == [(one.id, "head", True), (two.id, "child", True)]
    assert "Beto Reyes" in client.get(f"/members/{one.code}?part=all").text


def test_a_second_head_is_refused_in_words(app, make, client_as):
    one, two = make.member(), make.member()
    make.household(one)
    answer = client_as("attorney").post(f"/members/{one.code}/household", data={"who": two.code, "role": "head"})
    assert answer.status_code == 422 and "head already" in answer.text
    assert len(_rows(app)) == 1


def test_the_database_itself_refuses_a_second_head(app, make):
    one, two = make.member(), make.member()
    house = make.household(one)
    values = {"household_id": house.id, "member_id": two.id, "role": "head", "from_on": clock.today()}
    with app.app_context(), pytest.raises(IntegrityError), writing():
        db.session.execute(insert(HouseholdMembership), values)


def test_a_person_is_in_a_household_once(app, make, client_as):
    one, two = make.member(), make.member()
    make.household(one, (two, "child"))
    answer = client_as("attorney").post(f"/members/{one.code}/household", data={"who": two.code, "role": "other"})
    assert answer.status_code == 422 and len(_rows(app)) == 2


def test_nobody_chosen_is_said_in_words(app, make, client_as):
    one = make.member()
    make.household(one)
    answer = client_as("attorney").post(f"/members/{one.code}/household", data={"role": "child"})
    assert answer.status_code == 422 and "Choose somebody" in answer.text and len(_rows(app)) == 1


def test_leaving_ends_the_membership_and_keeps_its_history(app, make, client_as):
    one, two = make.member(), make.member()
    house = make.household(one, (two, "child"))
    client = client_as("attorney")
    url = f"/members/{two.code}/household/{house.code}/departure"
    assert client.post(url, data={"from": one.code}).headers["Location"].endswith(f"/members/{one.code}/household")
    assert _rows(app) == [(one.id, "head", True), (two.id, "child", False)]
    assert client.post(f"/members/{one.code}/household", data={"who": two.code, "role": "child"}).status_code == 302


def test_a_new_head_takes_over_and_there_is_never_a_second(app, make, client_as):
    one, two = make.member(), make.member()
    house = make.household(one, (two, "partner"))
    client_as("attorney").post(f"/members/{two.code}/household/{house.code}/role", data={"role": "head"})
    assert [row for row in _rows(app) if row[2]] == [(one.id, "other", True), (two.id, "head", True)]


def test_people_one_does_not_walk_with_are_only_counted(make, client_as):
    worker = make.user()
    one = make.member(legal_name="Ana Reyes", assigned=worker)
    two = make.member(legal_name="Secreta Persona")
    make.household(one, (two, "child"))
    text = client_as(user=worker).get(f"/members/{one.code}?part=all").text
    assert "one person you" in text and "Secreta" not in text and two.code not in text


def test_nobody_unknown_to_the_viewer_is_added_by_code(app, make, client_as):
    worker = make.user()
    one, two = make.member(assigned=worker), make.member()
    answer = client_as(user=worker).post(f"/members/{one.code}/household", data={"who": two.code, "role": "child"})
    assert answer.status_code == 404 and _rows(app) == []


def test_a_household_of_strangers_does_not_exist(app, make, client_as):
    worker = make.user()
    one, two = make.member(assigned=worker), make.member()
    house = make.household(two)
    answer = client_as(user=worker).post(f"/members/{one.code}/household/{house.code}/departure")
    assert answer.status_code == 404 and _rows(app) == [(two.id, "head", True)]


@pytest.mark.parametrize("role", ["", "boss", "HEAD"])
def test_a_place_that_is_none_is_refused(app, make, client_as, role):
    one = make.member()
    assert client_as("attorney").post(f"/members/{one.code}/household", data={"role": role}).status_code == 422
    assert _rows(app) == []
