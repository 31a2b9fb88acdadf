"""Who walks with whom: a release ends access at the next request, and the reason is kept."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.ground.trail import TrailRow
from mexile.members.assignment.models import Assignment
from tests.house.recorder import writes


def _assignments(app):
    with app.app_context():
        return db.session.scalars(select(Assignment).order_by(Assignment.id)).all()


def test_assigning_opens_the_record_and_releasing_closes_it_at_once(app, make, client_as):
    one, worker = make.member(legal_name="Ana Reyes"), make.user()
    attorney, theirs = client_as("attorney"), client_as(user=worker)
    assert theirs.get(f"/members/{one.code}").status_code == 404
    attorney.post(f"/members/{one.code}/assignments", data={"user_id": str(worker.id), "reason": "case"})
    assert theirs.get(f"/members/{one.code}").status_code == 200
    held = _assignments(app)[0]
    attorney.post(f"/members/{one.code}/assignments/{held.id}/release", data={"reason": "handed_on"})
    for page in ("", "/edit", "/household", "/assignments", "/drawer/contact"):
        assert theirs.get(f"/members/{one.code}{page}").status_code == 404
    assert one.code not in theirs.get("/members").text
    assert theirs.post("/members/search", data={"q": "reyes"}).text.count(one.code) == 0
    ended = _assignments(app)[0]
    assert (ended.reason_from, ended.reason_to) == ("case", "handed_on")


def test_another_persons_record_by_url_is_404_and_one_trail_row(app, make, client_as):
    one = make.member()
    client = client_as("caseworker")
    client.get("/members")
    with writes(app) as written:
        assert client.get(f"/members/{one.code}").status_code == 404
    assert written == ["trail"]
    with app.app_context():
        last = db.session.scalars(select(TrailRow).order_by(TrailRow.seq.desc())).first()
        assert (last.act, last.actor_id) == ("denied", client.user.id)


def test_a_record_that_never_was_answers_like_a_hidden_one(make, client_as):
    hidden = make.member()
    client = client_as("caseworker")
    one, other = client.get(f"/members/{hidden.code}"), client.get("/members/ME-9999")
    assert one.status_code == other.status_code == 404
    heading = re.compile(r"<main.*</main>", re.S)
    assert heading.search(one.text)[0] == heading.search(other.text)[0]


def test_an_assignment_that_ends_in_the_future_counts_until_then(app, make, client_as):
    worker = make.user(role="intake")
    one = make.member()
    held = make.assign(one, worker)
    make.release(held, at=clock.now() + timedelta(hours=10))
    client = client_as(user=worker)
    assert client.get(f"/members/{one.code}").status_code == 200
    with clock.at(clock.now() + timedelta(hours=11)):
        later = client_as(user=worker)
        assert later.get(f"/members/{one.code}").status_code == 404


@pytest.mark.parametrize("role", ["administrator", "development", "auditor"])
def test_an_assignment_gives_nothing_to_a_role_that_meets_nobody(make, client_as, role):
    who = make.user(role=role)
    one = make.member(assigned=who)
    assert client_as(user=who).get(f"/members/{one.code}").status_code == 404


@pytest.mark.parametrize("role", ["administrator", "development", "auditor"])
def test_only_the_team_that_meets_members_can_be_assigned(app, make, client_as, role):
    one, who = make.member(), make.user(role=role)
    data = {"user_id": str(who.id), "reason": "case"}
    assert client_as("attorney").post(f"/members/{one.code}/assignments", data=data).status_code == 422
    assert _assignments(app) == []


def test_a_reason_is_needed_both_ways(app, make, client_as):
    one, worker = make.member(), make.user()
    client = client_as("attorney")
    assert client.post(f"/members/{one.code}/assignments", data={"user_id": str(worker.id)}).status_code == 422
    held = make.assign(one, worker)
    assert client.post(f"/members/{one.code}/assignments/{held.id}/release", data={}).status_code == 422
    assert _assignments(app)[0].to_at is None


def test_nobody_is_assigned_twice_and_the_database_agrees(app, make, client_as):
    one, worker = make.member(), make.user()
    held = make.assign(one, worker)
    data = {"user_id": str(worker.id), "reason": "case"}
    assert client_as("attorney").post(f"/members/{one.code}/assignments", data=data).status_code == 422
    values = {"member_id": one.id, "user_id": worker.id, "from_at": held.from_at, "reason_from": "case"}
    with app.app_context(), pytest.raises(IntegrityError), writing():
        db.session.execute(insert(Assignment), values)


def test_an_assignment_is_released_through_its_own_member_only(app, make, client_as):
    one, two, worker = make.member(), make.member(), make.user()
    held = make.assign(one, worker)
    url = f"/members/{two.code}/assignments/{held.id}/release"
    assert client_as("attorney").post(url, data={"reason": "done"}).status_code == 404
    assert _assignments(app)[0].to_at is None


def test_whoever_releases_herself_lands_on_the_list(make, client_as):
    worker = make.user()
    one = make.member()
    held = make.assign(one, worker)
    client = client_as(user=worker)
    answer = client.post(f"/members/{one.code}/assignments/{held.id}/release", data={"reason": "asked"})
    assert answer.headers["Location"] == "/members"
    assert client.get("/members").status_code == 200
