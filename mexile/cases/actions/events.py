"""Set a date, say what came of it, take that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import insert, select

from mexile.access.viewer import Viewer
from mexile.cases.models.event import OUTCOMES, Event, EventOutcome, EventOutcomeVoid, EventPerson
from mexile.cases.queries.events import has_outcome, seen
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
) -> Event:
    """Put a date into the book, for these members. The one who sets it answers for it
    unless another is named."""
    event = Event(
        code=next_code("E", Event.code),
        kind=kind,
        on=on,
        at=at,
        zone=zone,
        precision="unknown" if on is None else ("exact" if at else "day"),
        place=place or None,
        mode=mode,
        owner_user_id=owner_user_id or viewer.user_id,
    )
    db.session.add(event)
    db.session.flush()
    people = list(dict.fromkeys(member_ids))
    if people:
        db.session.execute(
            insert(EventPerson), [{"event_id": event.id, "member_id": id} for id in people]
        )
    trail.record("event.set", event.code, kind=kind, people=len(people))
    return event


def open_event(viewer: Viewer, code: str) -> Event:
    """The event, which nobody has closed yet. Raises NotHere outside the viewer's rights,
    Conflict when it has its outcome already."""
    event = db.session.scalar(
        select(Event).where(Event.code == code, seen(viewer)).with_for_update()
    )
    if event is None:
        raise NotHere(code)
    if db.session.scalar(select(Event.id).where(Event.id == event.id, has_outcome())):
        raise Conflict(ALREADY)
    return event


def record_outcome(
    *, viewer: Viewer, event: Event, outcome: str, next_event: Event | None = None
) -> EventOutcome:
    """Say what came of an event. What lies ahead can be cancelled or moved, not done."""
    if outcome not in OUTCOMES:
        raise Invalid(Problem("outcome", "Choose what happened.", "Elija qué pasó."))
    if (
        outcome not in ("cancelled", "continued")
        and event.on
        and event.on > clock.today(event.zone)
    ):
        raise Invalid(NOT_YET)
    row = EventOutcome(
        event_id=event.id,
        outcome=outcome,
        by_user_id=viewer.user_id,
        at=clock.now(),
        next_event_id=next_event.id if next_event else None,
    )
    db.session.add(row)
    db.session.flush()
    trail.record("event.outcome", event.code, outcome=outcome)
    return row


def take_back_outcome(*, viewer: Viewer, code: str) -> Event:
    """The event stands open again. Only the one who wrote the outcome, on the same day."""
    found = db.session.execute(
        select(EventOutcome, Event)
        .join(Event, Event.id == EventOutcome.event_id)
        .where(
            Event.code == code,
            seen(viewer),
            EventOutcome.by_user_id == viewer.user_id,
            EventOutcome.id.not_in(select(EventOutcomeVoid.outcome_id)),
        )
    ).first()
    if found is None or not clock.is_today(found.EventOutcome.at, found.Event.zone):
        raise NotHere(code)
    db.session.add(
        EventOutcomeVoid(
            outcome_id=found.EventOutcome.id, by_user_id=viewer.user_id, at=clock.now()
        )
    )
    db.session.flush()
    trail.record("event.outcome_void", code)
    return found.Event
