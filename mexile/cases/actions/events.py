"""Set a date, say what came of it, take that back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.cases.actions.change_letter import tell_change
from mexile.cases.models.event import (
    DAYLESS,
    OUTCOMES,
    Event,
    EventOutcome,
    EventOutcomeVoid,
    EventPerson,
)
from mexile.cases.models.outcome_sheet import OutcomeSheet
from mexile.cases.queries.events import changeable, has_outcome, outcome_of_mine
from mexile.ground import clock, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

ALREADY = Problem(
    "outcome",
    "Somebody has already said what came of this.",
    "Alguien ya dijo qué pasó con esto.",
)
NOT_YET = Problem(
    "outcome",
    "This has not happened yet.",
    "Esto todavía no ha pasado.",
)


WHOSE = Problem(
    "clock_cause",
    "Whose continuance was it? It decides whether the clock of the work permit stops.",
    "¿De quién fue el aplazamiento? De eso depende si se detiene el reloj del permiso de trabajo.",
)
AHEAD_TOO = frozenset({"cancelled", "continued"})
"""What can come of an event before its day."""


def set_event(
    *,
    viewer: Viewer,
    kind: str,
    on: date | None,
    at: time | None = None,
    place: str | None = None,
    mode: str = "in_person",
    zone: str = "America/Denver",
    member_ids: Sequence[int] = (),
    owner_user_id: int | None = None,
    precision: str | None = None,
    source: str | None = None,
    **more: Any,
) -> Event:
    """Put a date into the book, for these members. The one who sets it answers for it
    unless another is named; a companion who was told of it there doesn't. Who says where a date was read has seen it there just now.

    `more`: fold, place_id, room, case_id, proceeding_id, hearing_type, stale_days.
    """
    event = Event(
        code=next_code("E", Event.code),
        kind=kind,
        on=on,
        at=at,
        zone=zone,
        precision=precision or ("unknown" if on is None else ("exact" if at else "day")),
        place=place or None,
        mode=mode,
        owner_user_id=owner_user_id or (viewer.user_id if viewer.is_any(*WORKS) else None),
        source=source or None,
        verified_at=clock.now() if source else None,
        verified_by_user_id=viewer.user_id if source else None,
        **more,
    )
    db.session.add(event)
    db.session.flush()
    people = list(dict.fromkeys(member_ids))
    if people:
        db.session.execute(insert(EventPerson), [{"event_id": event.id, "member_id": id} for id in people])
    trail.record("event.set", event.code, kind=kind, people=len(people))
    return event


def open_event(viewer: Viewer, code: str, may: Callable[[Viewer], ColumnElement[bool]] = changeable) -> Event:
    """The event, which nobody has closed yet, to be changed; `may` is another right than that.
    Raises NotHere outside the viewer's rights, Conflict when it has its outcome already."""
    event = db.session.scalar(select(Event).where(Event.code == code, may(viewer)).with_for_update())
    if event is None:
        raise NotHere(code)
    if db.session.scalar(select(Event.id).where(Event.id == event.id, has_outcome())):
        raise Conflict(ALREADY)
    return event


def record_outcome(
    *,
    viewer: Viewer,
    event: Event,
    outcome: str,
    next_event: Event | None = None,
    sheet: Mapping[str, Any] | None = None,
) -> EventOutcome:
    """Say what came of an event. What lies ahead can be cancelled or moved, not done.

    `sheet`: the facts of `OutcomeSheet`. A hearing that was continued needs to know whose
    continuance it was, since one of ours stops the clock of the work permit.
    """
    if outcome not in OUTCOMES:
        raise Invalid(Problem("outcome", "Choose what happened.", "Elija qué pasó."))
    facts = {name: value for name, value in (sheet or {}).items() if value not in (None, "")}
    problems = []
    if outcome not in AHEAD_TOO and lies_ahead(event):
        problems.append(NOT_YET)
    if outcome == "continued" and event.kind == "hearing" and "clock_cause" not in facts:
        problems.append(WHOSE)
    if problems:
        raise Invalid(problems)
    row = EventOutcome(
        event_id=event.id,
        outcome=outcome,
        by_user_id=viewer.user_id,
        at=clock.now(),
        next_event_id=next_event.id if next_event else None,
    )
    db.session.add(row)
    db.session.flush()
    if facts:
        db.session.add(OutcomeSheet(outcome_id=row.id, **facts))
        db.session.flush()
    trail.record("event.outcome", event.code, outcome=outcome)
    if outcome in AHEAD_TOO:
        tell_change(viewer=viewer, event=event)
    return row


def lies_ahead(event: Event) -> bool:
    """Its day has not come, or nobody knows its day. An hour later today is no obstacle:
    courts begin early and clocks of telephones differ."""
    if event.on is None:
        return event.precision in DAYLESS
    return event.on > clock.today(event.zone)


def take_back_outcome(*, viewer: Viewer, code: str) -> tuple[Event, str]:
    """The event stands open again; with it the outcome that was taken back. Only the one who wrote the outcome, on the same day."""
    found = outcome_of_mine(viewer, code)
    if found is None:
        raise NotHere(code)
    db.session.add(EventOutcomeVoid(outcome_id=found.EventOutcome.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("event.outcome_void", code)
    if found.EventOutcome.outcome in AHEAD_TOO:
        tell_change(viewer=viewer, event=found.Event)
    return found.Event, found.EventOutcome.outcome
