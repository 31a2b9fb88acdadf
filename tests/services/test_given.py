"""A service is logged only where somebody gave it: nothing ahead of its day, nothing for a fee or a filing, nobody who wasn't there."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary
from mexile.members.person.models import Member
from mexile.members.removal.models import MemberErasure
from mexile.services.service.models import Service, ServicePerson

KINDS = sorted(vocabulary("event_kind"))
ACCOMPANIED = {"hearing", "ice_checkin", "biometrics", "interview", "visit", "food_table", "group"}


@pytest.fixture
def lucia(make):
    make.service_types()
    return make.user(role="caseworker", name="Lucía Ortega")


def logged(app):
    with app.app_context():
        return db.session.execute(select(Service.type_code, Service.on)).all()


def people(app):
    with app.app_context():
        return set(db.session.scalars(select(ServicePerson.member_id)))


def close(client, **more):
    return client.post("/events/E-0001/outcome", data={"outcome": "done", "back": "/today", **more})


@pytest.mark.parametrize("ahead", [1, 30])
def test_a_date_moved_ahead_of_its_day_logs_nothing_and_proposes_nothing(app, make, lucia, client_as, ahead):
    day = clock.today() + timedelta(days=ahead)
    make.event(kind="ice_checkin", on=day, owner=lucia, people=[make.member(assigned=lucia)])
    client, moved = client_as(user=lucia), {"outcome": "continued", "on": (day + timedelta(days=9)).isoformat()}
    assert 'name="logs"' not in close(client, **moved, step="look", logs="y").text
    assert close(client, **moved, step="save", logs="y").status_code == 302
    assert logged(app) == []


def test_a_date_whose_day_nobody_knows_logs_nothing_when_it_is_moved(app, make, lucia, client_as):
    make.event(kind="ice_checkin", on=None, owner=lucia, people=[make.member(assigned=lucia)])
    close(client_as(user=lucia), outcome="continued", on=(clock.today() + timedelta(days=9)).isoformat())
    assert logged(app) == []


@pytest.mark.parametrize("kind", KINDS)
def test_done_logs_a_service_only_for_a_date_that_is_an_accompaniment(app, make, lucia, client_as, kind):
    day = clock.today() - timedelta(days=1)
    make.event(kind=kind, on=day, owner=lucia, people=[make.member(assigned=lucia)])
    client = client_as(user=lucia)
    assert ('name="logs"' in close(client, step="look").text) == (kind in ACCOMPANIED)
    assert close(client).status_code == 302
    assert [row.on for row in logged(app)] == [day] * (kind in ACCOMPANIED)


@pytest.mark.parametrize("step", ["", "save"])
def test_done_leaves_out_who_was_not_there_and_says_so(app, make, lucia, client_as, step):
    day = clock.today() - timedelta(days=1)
    ana, closed, gone, late, held, taken = (make.member(assigned=lucia) for _ in range(6))
    make.closure(closed)
    make.write(lambda: db.session.execute(update(Member).where(Member.id == late.id).values(joined_on=clock.today())))
    asked = make.removal(gone)
    make.write(
        lambda: db.session.add(MemberErasure(member_id=gone.id, request_id=asked.id, at=clock.now(), keys=1, cells=1))
    )
    make.detention(held, from_on=day - timedelta(days=3))
    make.detention(taken, from_on=day)
    make.event(kind="ice_checkin", on=day, owner=lucia, people=[ana, closed, gone, late, held, taken])
    client = client_as(user=lucia)
    look = close(client, step="look").text
    assert f"{closed.code} (closed)" in look and f"{late.code} (joined later)" in look
    assert f"{held.code} (in custody)" in look and f"{taken.code} (" not in look and gone.code not in look
    assert close(client, step=step, logs="y").status_code == 302
    assert people(app) == {ana.id, taken.id}
    assert "Not logged for 4 people" in client.get("/today").text


def test_done_for_nobody_who_was_there_logs_nothing(app, make, lucia, client_as):
    closed = make.member(assigned=lucia)
    make.closure(closed)
    make.event(kind="group", on=clock.today() - timedelta(days=1), owner=lucia, people=[closed])
    assert close(client_as(user=lucia)).status_code == 302
    assert logged(app) == []


@pytest.mark.parametrize("kind", ["hearing", "visit"])
def test_who_is_in_custody_can_be_visited_and_heard(app, make, lucia, client_as, kind):
    held = make.member(assigned=lucia)
    make.detention(held, from_on=clock.today() - timedelta(days=9))
    make.event(kind=kind, on=clock.today() - timedelta(days=1), owner=lucia, people=[held])
    close(client_as(user=lucia))
    assert people(app) == {held.id}
