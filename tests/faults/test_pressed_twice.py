"""Two people press the same button in the same moment, each on her own page: it happens once, the other is told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile.cases.event.models import EventOutcome
from mexile.custody.alert.models import AlertAnswer, AlertResolution
from mexile.custody.detention.models import Detention
from mexile.custody.presence.models import Presence
from mexile.deadlines.deadline.models import DeadlineClosure
from mexile.deadlines.rule.actions import seed_rules
from mexile.ground import clock, queue, trail
from mexile.ground.db import db
from mexile.members.emergency.models import EmergencyReview
from mexile.members.merge.models import MemberMerge
from mexile.members.removal.models import EraseConfirmation, EraseRequest
from mexile.services.service.models import Service


@pytest.fixture
def count(app: Flask):
    def counted(model: Any) -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    return counted


def at_once(clients: list[Any], address: str, data: dict[str, Any]) -> list[int]:
    """What each is answered; each has the token of her own page."""
    barrier = threading.Barrier(len(clients))

    def press(numbered: tuple[int, Any]) -> int:
        number, client = numbered
        barrier.wait()
        return client.post(
            address, data={**data, "form_token": f"the-page-of-number-{number}-{len(address)}"}
        ).status_code

    with ThreadPoolExecutor(len(clients)) as threads:
        return sorted(threads.map(press, enumerate(clients)))


@pytest.fixture
def three(client_as: Any, make: Any) -> list[Any]:
    return [client_as("attorney"), client_as("attorney"), client_as("director")]


def test_an_outcome_is_written_once(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    make.service_types()
    make.write(seed_rules)
    ana, beto = make.member(), make.user(role="volunteer")
    make.event(
        on=clock.today() - timedelta(days=1),
        at=time(9),
        owner=three[0].user,
        people=[ana],
        companions=[(beto, "driver", True)],
    )
    next_on = (clock.today() + timedelta(days=90)).isoformat()
    data = {
        "outcome": "continued",
        "clock_cause": "court",
        "on": next_on,
        "at": "8:30",
        "step": "save",
        "logs": "y",
        "back": "/today",
    }
    codes = at_once(three, "/events/E-0001/outcome", data)
    assert codes[0] == 302 and codes.count(302) == 1 and set(codes[1:]) <= {404, 409}
    assert (count(EventOutcome), count(Service)) == (1, 1)
    assert make.read(lambda: db.session.scalar(db.text("SELECT count(*) FROM event"))) == 2


def test_one_has_the_alert(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    alert = make.alert(member=make.member(), by=three[0].user, told=[one.user for one in three])
    codes = at_once(three, f"/alerts/{alert.code}/answer", {})
    assert count(AlertAnswer) == 1 and codes.count(302) == 1 and max(codes) < 500
    codes = at_once(three, f"/alerts/{alert.code}/resolution", {"kind": "released"})
    assert count(AlertResolution) == 1 and codes.count(302) == 1 and max(codes) < 500


def test_one_alert_stands_for_one_person(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    member = make.member()
    codes = at_once(three, "/alerts", {"member": member.code, "last_seen": "Piso 7"})
    assert max(codes) < 500
    assert count(Detention) == 1
    assert make.read(lambda: db.session.scalar(db.text("SELECT count(*) FROM alert"))) == 1


def test_two_records_are_merged_once(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    one, other = make.member(), make.member()
    data = {"other": other.code, "versions": "1-1", "households": "both"}
    codes = at_once(three, f"/members/{one.code}/merge", data)
    assert count(MemberMerge) == 1 and codes.count(302) == 1 and max(codes) < 500


def test_two_records_are_not_merged_into_each_other(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    one, other = make.member(), make.member()
    barrier = threading.Barrier(2)

    def press(words: tuple[Any, Any, Any]) -> int:
        client, kept, merged = words
        barrier.wait()
        return client.post(
            f"/members/{kept.code}/merge", data={"other": merged.code, "versions": "1-1", "households": "both"}
        ).status_code

    with ThreadPoolExecutor(2) as threads:
        codes = sorted(threads.map(press, [(three[0], one, other), (three[1], other, one)]))
    assert count(MemberMerge) == 1 and codes[0] == 302 and codes[1] in (404, 409, 422)


def test_a_removal_is_asked_and_confirmed_once(
    app: Flask, make: Any, three: list[Any], client_as: Any, count: Any
) -> None:
    member = make.member()
    codes = at_once(three, f"/members/{member.code}/removal", {"reason": "in_person"})
    assert count(EraseRequest) == 1 and codes.count(302) == 1 and max(codes) < 500
    codes = at_once(three, f"/members/{member.code}/removal/confirmation", {})
    assert count(EraseConfirmation) == 1 and codes.count(302) == 1 and max(codes) < 500
    with app.app_context():
        asked, confirmed = (
            db.session.scalars(select(EraseRequest)).one(),
            db.session.scalars(select(EraseConfirmation)).one(),
        )
        assert asked.by_user_id != confirmed.by_user_id
        assert db.session.scalar(select(func.count()).where(queue.Job.kind == "erase")) == 1
        assert trail.verify()[1] is None


def test_an_emergency_is_looked_at_once(app: Flask, make: Any, client_as: Any, count: Any) -> None:
    member, author = make.member(), make.user(role="caseworker")
    access = make.emergency(member, author)
    directors = [client_as("director") for _ in range(3)]
    codes = at_once(
        directors,
        f"/emergencies/{access.code}/review",
        {"verdict": "justified", "words": "I asked both of them and looked."},
    )
    assert count(EmergencyReview) == 1 and codes.count(302) == 1 and max(codes) < 500


def test_somebody_goes_in_once(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    event = make.event(kind="hearing", on=clock.today(), people=[make.member()], owner=three[0].user)
    codes = at_once(three, f"/events/{event.code}/entry", {"minutes": "90"})
    assert count(Presence) == 1 and max(codes) < 500


def test_a_deadline_is_closed_once(app: Flask, make: Any, three: list[Any], count: Any) -> None:
    made = make.deadline(owner=three[0].user, due_on=clock.today() - timedelta(days=1))
    codes = at_once(
        [three[0], three[1]], f"/deadlines/{made.code}/closure", {"reason": "done", "note": "Stamp of the court."}
    )
    assert count(DeadlineClosure) == 1 and codes[0] == 302 and max(codes) < 500
