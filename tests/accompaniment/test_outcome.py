"""Events close with an outcome, open again when it is taken back, and log what was done."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from mexile.cases.event.models import Event, EventOutcome, EventOutcomeVoid
from mexile.cases.event.queries import event_line
from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.service.models import Service, ServicePerson, ServiceVoid

TOKEN = "a-form-token-of-the-tests"


@pytest.fixture
def yesterday(make):
    """Lucía's ICE check-in of yesterday with Ana, who is hers, and Berta, who isn't."""
    make.service_types()
    lucia = make.user(role="caseworker")
    ana, berta = make.member(legal_name="Ana Reyes", assigned=lucia), make.member(legal_name="Berta Canaria")
    on = clock.today() - timedelta(days=1)
    event = make.event(kind="ice_checkin", on=on, at=time(9), owner=lucia, people=[ana, berta])
    return lucia, ana, berta, event


def rows(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def close(client, **data):
    return client.post("/events/E-0001/outcome", data={"outcome": "done", "back": "/today", **data})


def test_done_writes_the_outcome_and_logs_for_everybody_of_the_event(app, yesterday, client_as):
    lucia, ana, berta, event = yesterday
    answer = close(client_as(user=lucia))
    assert answer.location == "/today?closed=E-0001&logged=S-00001"
    assert rows(app, EventOutcome.outcome, EventOutcome.by_user_id) == [("done", lucia.id)]
    (service,) = rows(app, Service.type_code, Service.on, Service.minutes, Service.event_id)
    assert service == ("acc_ice", event.on, 120, event.id)
    assert {row.member_id for row in rows(app, ServicePerson.member_id)} == {ana.id, berta.id}


def test_closing_twice_logs_once(app, yesterday, client_as):
    client = client_as(user=yesterday[0])
    first, second = (close(client, form_token=TOKEN) for _ in range(2))
    assert first.location == second.location
    assert close(client).status_code == 409
    assert len(rows(app, Service.id)) == 1


def test_undo_opens_the_event_and_takes_back_what_was_logged(app, yesterday, client_as):
    client = client_as(user=yesterday[0])
    close(client)
    assert client.post("/events/E-0001/outcome/void", data={"back": "/today"}).status_code == 302
    assert len(rows(app, EventOutcomeVoid.outcome_id)) == 1
    assert rows(app, ServiceVoid.reason) == [("undo",)]
    assert "To close" in client.get("/today").text
    assert close(client).status_code == 302


@pytest.mark.parametrize(("outcome", "services"), [("no_show", 0), ("cancelled", 0), ("continued", 1), ("detained", 1)])
def test_only_where_somebody_was_accompanied_a_service_is_logged(app, yesterday, client_as, outcome, services):
    lucia, ana = yesterday[:2]
    more = {"step": "save", "logs": "y", "detained": [ana.code]} if outcome == "detained" else {}
    assert close(client_as(user=lucia), outcome=outcome, **more).status_code == 302
    assert len(rows(app, Service.id)) == services


def test_a_next_date_follows_with_the_same_people(app, yesterday, client_as):
    lucia, _, _, event = yesterday
    day = clock.today() + timedelta(days=30)
    close(client_as(user=lucia), outcome="continued", on=day.isoformat(), at="8:30")
    with app.app_context():
        following = db.session.scalars(select(Event).where(Event.id != event.id)).one()
        assert (following.kind, following.on, following.at) == ("ice_checkin", day, time(8, 30))
        assert db.session.scalar(select(EventOutcome.next_event_id)) == following.id


def test_what_has_not_happened_is_not_done(app, make, client_as):
    lucia = make.user(role="caseworker")
    make.service_types()
    make.event(on=clock.today() + timedelta(days=2), owner=lucia, people=[make.member(assigned=lucia)])
    answer = close(client_as(user=lucia))
    assert answer.status_code == 422
    assert "has not happened yet" in answer.text
    assert rows(app, EventOutcome.id) == []


def test_another_persons_event_does_not_exist(app, yesterday, client_as):
    for role in ("caseworker", "volunteer"):
        assert close(client_as(role)).status_code == 404
    assert client_as("administrator").post("/events/E-0001/outcome", data={"outcome": "done"}).status_code == 404
    assert rows(app, EventOutcome.id) == []


def test_a_volunteer_who_walks_along_closes_it_and_reads_first_names_only(app, yesterday, make, client_as):
    lucia, ana, _, event = yesterday
    beto = make.user(role="volunteer")
    make.event(kind="hearing", on=event.on + timedelta(days=1), owner=lucia, people=[ana], companions=[beto])
    client = client_as(user=beto)
    page = client.get("/today").text
    assert "with Ana" in page
    assert "Reyes" not in page
    assert client.post("/events/E-0002/outcome", data={"outcome": "done", "back": "/today"}).status_code == 302


def test_an_unknown_day_is_no_obstacle_for_an_event(app, make):
    made = make.event(on=None)
    assert (made.on, made.precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("born", "year", "is_child"),
    [
        ("2008-12-20", 2008, True),
        ("2008-01-10", 2008, False),
        (None, 2008, False),
        (None, 2009, True),
        (None, None, False),
    ],
)
def test_who_is_a_child_is_told_by_the_birthday_where_it_is_known(app, make, born, year, is_child):
    one = make.member(birth_year=year)

    def write():
        db.session.merge(one).birth_date = born

    make.write(write)
    event = make.event(on=date(2026, 1, 15), people=[one])
    line = make.read(lambda: event_line(make.viewer(role="director"), event.code))
    assert [someone.is_child(date(2026, 1, 15)) for someone in line.people] == [is_child]
