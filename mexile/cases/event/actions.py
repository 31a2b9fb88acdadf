"""Set a date, say what came of it, take that back; and tell by mail, by its code alone, that something of it changed.

Who was on a date until now is kept, for the calendars in which it still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from mexile.access.account.queries import reader, with_roles
from mexile.access.policy import SEES, WORKS
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import covers_or_directs
from mexile.cases.event.models import (
    DAYLESS,
    OUTCOMES,
    Event,
    EventCompanion,
    EventOutcome,
    EventOutcomeVoid,
    EventPast,
    EventPerson,
    OutcomeSheet,
)
from mexile.cases.event.queries import KINDS, days_before, has_day, has_outcome, outcome_of_mine
from mexile.cases.event.rights import changeable
from mexile.cases.event.rules import changed_letter, told_letter
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("event.told", "Told the attorney what came of a date", "Avisó a la abogada qué pasó en una fecha")


OUTCOME_LETTER = "cases.told"


def tell_outcome(*, code: str, user_id: int) -> None:
    """The letter says that there is news at a date, by its code; what it is stands in mexile."""
    mail.put(OUTCOME_LETTER, f"{code}/{user_id}/{clock.now().isoformat()}", {"code": code, "user": user_id})
    trail.record("event.told", code, user=user_id)


@mail.renders(OUTCOME_LETTER)
def render_told(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: neither what came of it, nor of whom."""
    user = reader(body["user"])
    if user is None:
        return None
    return mail.Letter(
        user.email, *told_letter(body["code"], f"{config().base_url}/events/{body['code']}", user.language)
    )


CHANGE_LETTER = "cases.changed"


def tell_change(*, viewer: Viewer, event: Event, others: Iterable[int | None] = ()) -> None:
    """A letter to the one responsible, the attorney of the case and whoever was asked to accompany, each
    once and not to who did it. `others`: who was responsible until now. Inside the transaction of the change."""
    attorney = db.session.scalar(select(Case.attorney_user_id).where(Case.id == event.case_id))
    staff = {id for id, _name in with_roles(*SEES)}
    beside = db.session.scalars(select(EventCompanion.user_id).where(EventCompanion.event_id == event.id))
    for user_id in dict.fromkeys((*_answering(event, attorney), *others, *beside)):
        if user_id in staff and user_id != viewer.user_id:
            key = f"{event.code}/{user_id}/{clock.now().isoformat()}"
            mail.put(CHANGE_LETTER, key, {"code": event.code, "user": user_id})
            trail.record("event.told", event.code, user=user_id)


def _answering(event: Event, attorney: int | None) -> list[int | None]:
    """Who is responsible, and the attorney; in the place of one who no longer works here, who covers."""
    working = {id for id, _name in with_roles(*WORKS)}
    if {event.owner_user_id, attorney} - {None} <= working:
        return [event.owner_user_id, attorney]
    members = db.session.scalars(select(EventPerson.member_id).where(EventPerson.event_id == event.id)).all()
    covers = [id for ids in covers_or_directs(members or [0]).values() for id in ids]
    return [event.owner_user_id, attorney, *covers]


@mail.renders(CHANGE_LETTER)
def render_changed(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: that a date changed, by its code; neither what it is, nor of whom, nor what became of it."""
    user = reader(body["user"])
    if user is None:
        return None
    url = f"{config().base_url}/events/{body['code']}"
    return mail.Letter(user.email, *changed_letter(body["code"], url, user.language))


def keep_leaving(event: Event, user_ids: Iterable[int | None]) -> None:
    """These answer for the date, or accompany at it, no longer, or it is none for calendars any more. Called before
    anything of it changes. A date that has no day now may still stand at its last one."""
    stood = _stood(event)
    for user_id in {id for id in user_ids if id is not None} if stood else ():
        db.session.add(EventPast(event_id=event.id, user_id=user_id, until_at=clock.now(), **stood))


def _stood(event: Event) -> dict[str, Any]:
    """The day and hour at which a calendar may have it; empty where it stands in none."""
    if event.kind not in KINDS:
        return {}
    if has_day(event):
        return {"on": event.on, "at": event.at, "zone": event.zone, "fold": event.fold}
    before = days_before([event.id]).get(event.id)
    return {"on": before.was_on, "at": before.was_at, "zone": before.was_zone or event.zone} if before else {}


def confirmed_companions(event: Event) -> set[int]:
    """Who said yes to accompanying."""
    confirmed = (EventCompanion.event_id == event.id, EventCompanion.confirmed_at.is_not(None))
    return set(db.session.scalars(select(EventCompanion.user_id).where(*confirmed)))


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
    row = outcome_of_mine(viewer, code)
    if row is None:
        raise NotHere(code)
    db.session.add(EventOutcomeVoid(outcome_id=row.EventOutcome.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("event.outcome_void", code)
    if row.EventOutcome.outcome in AHEAD_TOO:
        tell_change(viewer=viewer, event=row.Event)
    return row.Event, row.EventOutcome.outcome
