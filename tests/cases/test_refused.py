"""A button or a form that comes too late: the page says why, and what was typed is still there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.cases.event.models import Event
from mexile.cases.verification.actions import change_event
from mexile.ground import clock
from mexile.ground.db import db

pytestmark = pytest.mark.once


def test_a_deadline_that_somebody_closed_or_opened_says_so(make, client_as):
    lucia = make.user(role="caseworker")
    line = make.deadline(member=make.member(assigned=lucia), owner=lucia)
    client = client_as(user=lucia)
    late = client.post(f"/deadlines/{line.code}/reopening")
    assert late.status_code == 409 and "This stands open already." in late.text
    make.deadline_closure(line, by=lucia)
    late = client.post(f"/deadlines/{line.code}/closure", data={"reason": "done", "note": "Stamp"})
    assert late.status_code == 409 and "Somebody closed this already." in late.text


def test_a_reason_that_was_answered_and_a_case_that_was_closed_say_so(make, client_as):
    ximena = make.user(role="attorney")
    ana = make.member(assigned=ximena)
    make.case(member=ana, attorney=ximena)
    reason, client = make.one_year_exception(ana), client_as(user=ximena)
    address = f"/members/{ana.code}/exceptions/{reason.id}/answer"
    assert client.post(address, data={"holds": "yes"}).status_code == 302
    late = client.post(address, data={"holds": "no"})
    assert late.status_code == 409 and "This was answered already." in late.text
    assert client.post("/cases/C-0001/closure", data={"outcome": "other"}).status_code == 302
    late = client.post("/cases/C-0001/closure", data={"outcome": "other"})
    assert late.status_code == 409 and "This case is closed already." in late.text


def test_a_date_that_somebody_moved_while_it_was_verified_keeps_what_was_typed(make, client_as):
    lucia = make.user(role="caseworker")
    ana = make.member(assigned=lucia)
    event = make.event(on=clock.today() + timedelta(days=5), owner=lucia, people=[ana])
    client, other = client_as(user=lucia), make.viewer(user=lucia)
    make.write(
        lambda: change_event(viewer=other, code=event.code, version=1, values={"room": "Third floor"}, source="phone")
    )
    new = clock.today() + timedelta(days=40)
    typed = {"code": event.code, "answer": "changed", "source": "phone", "version": "1", "known": "day"}
    late = client.post("/events/verification", data={**typed, "on": new.isoformat(), "at": "9:47"})
    assert late.status_code == 409 and "Somebody else changed this" in late.text and 'value="9:47"' in late.text
    again = {**typed, "version": "2", "on": new.isoformat(), "at": "9:47"}
    assert client.post("/events/verification", data=again).status_code == 302
    assert make.read(lambda: db.session.scalar(select(Event.on).where(Event.id == event.id))) == new
