"""Who is needed at a date: the last place is given once, a no stays written, and the roster shows gaps first."""

from __future__ import annotations

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from mexile.cases.companion.models import CompanionRefusal
from mexile.cases.event.models import EventCompanion
from mexile.ground import clock
from mexile.ground.db import db

RACES = 50


@pytest.fixture
def lucia(make):
    return make.user(role="caseworker", name="Lucía Ejemplo")


def date_of(make, owner, days=1, at=time(9), **values):
    return make.event(on=clock.today() + timedelta(days=days), at=at, owner=owner, **values)


def answer(client, event, user, word="yes", **more):
    return client.post(f"/events/{event.code}/companions/answer", data={"user": user.id, "answer": word, **more})


def yes_at(app, event):
    said = (EventCompanion.event_id == event.id, EventCompanion.confirmed_at.is_not(None))
    with app.app_context():
        return db.session.scalar(select(func.count()).where(*said))


def test_of_two_at_once_one_takes_the_last_place(app, make, lucia, client_as):
    people = [make.user(role="volunteer") for _ in range(2)]
    clients = [client_as(user=user) for user in people]
    asked = [(user, "driver", False) for user in people]
    events = [date_of(make, lucia, n + 1, companions=asked) for n in range(RACES)]
    for event in events:
        make.need(event, "driver", 1)
    answers, gate = [[], []], Barrier(2)

    def press(n):
        for event in events:
            gate.wait()
            answers[n].append(answer(clients[n], event, people[n]).status_code)

    threads = [Thread(target=press, args=(n,)) for n in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [sorted(both) for both in zip(*answers, strict=True)] == [[302, 409]] * RACES
    assert {yes_at(app, event) for event in events} == {1}


def test_another_role_has_its_own_places_and_a_role_without_a_number_has_any(app, make, lucia, client_as):
    people = [make.user(role="volunteer") for _ in range(4)]
    roles = ("driver", "accompanier", "observer", "observer")
    event = date_of(make, lucia, companions=[(u, r, False) for u, r in zip(people, roles, strict=True)])
    make.need(event, "driver", 1)
    make.need(event, "accompanier", 1)
    assert {answer(client_as(user=user), event, user).status_code for user in people} == {302}


def test_the_place_is_counted_too_where_somebody_puts_herself_down_or_another_role_is_given(
    app, make, lucia, client_as
):
    beto, ines = make.user(role="volunteer"), make.user(role="volunteer")
    event = date_of(make, lucia, companions=[(beto, "driver", True), (ines, "observer", True)])
    make.need(event, "driver", 1)
    client = client_as(user=lucia)
    for user in (lucia, ines):
        sent = client.post(f"/events/{event.code}/companions", data={"user_id": user.id, "role": "driver"})
        assert sent.status_code == 409 and "last place" in sent.text
    assert yes_at(app, event) == 2


@pytest.mark.parametrize(
    ("zone", "at", "status"), [("America/Denver", 9, 409), ("America/Chicago", 10, 409), ("America/Chicago", 9, 302)]
)
def test_nobody_says_yes_to_two_dates_at_the_same_hour(make, lucia, client_as, zone, at, status):
    beto = make.user(role="volunteer")
    date_of(make, lucia, companions=[beto])
    other = date_of(make, lucia, at=time(at), zone=zone, companions=[(beto, "driver", False)])
    assert answer(client_as(user=beto), other, beto).status_code == status


def test_a_no_stays_written_with_its_reason_and_opens_the_place(app, make, lucia, client_as):
    beto, ines = make.user(role="volunteer", name="Beto Ejemplo"), make.user(role="volunteer")
    event = date_of(make, lucia, companions=[(beto, "driver", True), (ines, "driver", False)])
    make.need(event, "driver", 1)
    assert answer(client_as(user=beto), event, beto, "no", reason="ill").status_code == 302
    with app.app_context():
        rows = db.session.execute(select(CompanionRefusal.user_id, CompanionRefusal.role, CompanionRefusal.reason))
        assert [tuple(row) for row in rows] == [(beto.id, "driver", "ill")]
    page = client_as(user=lucia).get(f"/events/{event.code}").text
    assert "Beto Ejemplo" in page and "said no" in page and "is ill" in page
    assert client_as(user=beto).get(f"/events/{event.code}").status_code == 404
    assert answer(client_as(user=ines), event, ines).status_code == 302


def test_the_roster_shows_gaps_first_the_soonest_before_the_rest(make, lucia, client_as):
    beto = make.user(role="volunteer", name="Beto Ejemplo")
    covered = date_of(make, lucia, 1, companions=[(beto, "driver", True)])
    later = date_of(make, lucia, 3, companions=[(beto, "driver", False)])
    tomorrow = date_of(make, lucia, 1, at=time(15))
    far = date_of(make, lucia, 20)
    client = client_as(user=lucia)
    assert client.post(f"/events/{tomorrow.code}/needs", data={"driver": "2", "childcare": "1"}).status_code == 302
    make.need(covered, "driver", 1)
    make.need(far, "driver", 1)
    page = client.get("/roster").text
    places = [page.index(f'href="/events/{event.code}"') for event in (tomorrow, later, covered)]
    assert places == sorted(places) and far.code not in page
    assert "drives: 0 of 2" in page and "drives: 1 of 1" in page and "Until tomorrow one date lacks somebody." in page
    assert client.post(f"/events/{tomorrow.code}/needs", data={"driver": "21"}).status_code == 422


def test_the_roster_shows_only_what_one_may_change(make, lucia, client_as):
    other = make.user(role="caseworker")
    hidden = date_of(make, other, people=[make.member(legal_name="Ana Canaria")])
    make.need(hidden, "driver", 1)
    page = client_as(user=lucia).get("/roster").text
    assert hidden.code not in page and "Canaria" not in page
    assert client_as("volunteer").get("/roster").status_code == 404
