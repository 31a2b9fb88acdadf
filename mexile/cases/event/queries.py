"""Dates as lines: those that stand open, those of a person, and who they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.companion.queries import Companion, companions_of
from mexile.cases.event.models import OFFICIAL, Event, EventCompanion, EventOutcome, EventPerson
from mexile.cases.event.rights import event_seen, is_mine, lasts, reportable
from mexile.cases.event.rules import is_stale, starts_at
from mexile.cases.person.queries import Someone, people_of
from mexile.cases.verification.models import EventCheck
from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.assignment.rights import (
    rights_of,
    rights_values,
    rows_of_member,
    walking_days,
)
from mexile.members.listing.queries import next_date_on
from mexile.members.person.models import Member

LEFT_OPEN = timedelta(days=120)
"""How far back an event waits on Today to be closed; a report counts the older ones."""


@dataclass(frozen=True)
class EventLine:
    """An event with its people, as far as the viewer may know of them; `hidden` counts the rest."""

    id: int
    code: str
    kind: str
    on: date | None
    at: time | None
    zone: str
    precision: str
    place: str | None
    mode: str
    owner_user_id: int | None
    owner_name: str | None
    fold: int | None = None
    room: str | None = None
    hearing_type: str | None = None
    source: str | None = None
    verified_at: datetime | None = None
    stale_days: int = 7
    people: Sequence[Someone] = field(default=())
    hidden: int = 0
    companions: Sequence[Companion] = field(default=())

    @property
    def starts(self) -> datetime | None:
        """The moment it begins, where day and hour are known."""
        return starts_at(self.on, self.at, self.zone, self.fold)

    @property
    def is_accompanied(self) -> bool:
        """Somebody responsible goes, or a companion said yes: the second line is there."""
        return self.owner_user_id is not None or any(c.is_confirmed for c in self.companions)

    @property
    def is_unconfirmed(self) -> bool:
        """A companion was asked and hasn't said yes: a gap that one sees."""
        return any(not c.is_confirmed for c in self.companions)

    def is_stale(self, now: datetime) -> bool:
        """An office sets it, and nobody has made sure of it lately."""
        return self.kind in OFFICIAL and is_stale(self.verified_at, self.stale_days, now)

    def has_passed(self, moment: datetime) -> bool:
        """It lies behind `moment`: its hour is over, or its day where no hour is known."""
        if self.starts:
            return self.starts <= moment
        if self.on is None or self.precision == "month":
            return False
        return self.on < moment.astimezone(ZoneInfo(self.zone)).date()


def has_outcome() -> ColumnElement[bool]:
    """The WHERE on `Event`: it has an outcome that nobody took back."""
    return exists().where(EventOutcome.event_id == Event.id, EventOutcome.stands())


@next_date_on.fill
def _next_date_on(member_id: Any, today: Any) -> Any:
    return (
        select(func.min(Event.on))
        .join(EventPerson, EventPerson.event_id == Event.id)
        .where(EventPerson.member_id == member_id, Event.on >= today, Event.precision.in_(("exact", "day")), is_open())
        .correlate(Member)
        .scalar_subquery()
    )


def outcome_of_mine(viewer: Viewer, code: str) -> Any:
    """The standing outcome that the viewer wrote today, with its event; None where there is none.
    Until the day ends it can be taken back or written anew."""
    row = db.session.execute(
        select(EventOutcome, Event)
        .join(Event, Event.id == EventOutcome.event_id)
        .where(Event.code == code, event_seen(viewer), EventOutcome.by_user_id == viewer.user_id, EventOutcome.stands())
    ).first()
    return row if row and clock.is_today(row.EventOutcome.at, row.Event.zone) else None


def is_open() -> ColumnElement[bool]:
    return not_(has_outcome())


_line = select(
    Event.id,
    Event.code,
    Event.kind,
    Event.on,
    Event.at,
    Event.zone,
    Event.precision,
    Event.place,
    Event.mode,
    Event.owner_user_id,
    UserAccount.name.label("owner_name"),
    Event.fold,
    Event.room,
    Event.hearing_type,
    Event.source,
    Event.verified_at,
    Event.stale_days,
).outerjoin(UserAccount, UserAccount.id == Event.owner_user_id)


def my_events(viewer: Viewer, today: date, until: date) -> list[EventLine]:
    """My open events up to `until`, those of the last months that nobody closed with them,
    in their order. Three queries."""
    where = and_(
        is_mine(viewer.user_id),
        event_seen(viewer),
        is_open(),
        Event.on.between(today - LEFT_OPEN, until),
        Event.precision.in_(("exact", "day")),
    )
    return _lines(viewer, where)


def unclosed_events(viewer: Viewer, from_on: date, to_on: date, most: int = 100) -> list[EventLine]:
    """The events of these days that nobody closed, as far as the viewer may know of them, the oldest
    first. Three queries."""
    return _lines(viewer, and_(reportable(viewer), is_open(), Event.on.between(from_on, to_on)), most)


def asked_events(viewer: Viewer) -> list[EventLine]:
    """The open events to come at which I was asked to accompany and haven't answered. Three queries."""
    waits = exists().where(
        EventCompanion.event_id == Event.id,
        EventCompanion.user_id == viewer.user_id,
        EventCompanion.confirmed_at.is_(None),
    )
    return _lines(viewer, and_(waits, is_open(), lasts(*walking_days())))


def next_of_mine(viewer: Viewer, after: date) -> EventLine | None:
    """My first open event behind the day `after`."""
    rows = db.session.execute(
        _line.where(
            is_mine(viewer.user_id),
            is_open(),
            Event.on > after,
            Event.precision.in_(("exact", "day")),
        )
        .order_by(Event.on, Event.at)
        .limit(1)
    ).all()
    return EventLine(**rows[0]._mapping) if rows else None


def lines_of(viewer: Viewer, where: ColumnElement[bool], most: int = 200) -> list[EventLine]:
    """The events of this WHERE, as far as the viewer may know of them. Three queries."""
    return _lines(viewer, and_(where, event_seen(viewer)), most)


def event_line(viewer: Viewer, code: str) -> EventLine | None:
    """One event by its code, within the viewer's rights."""
    lines = _lines(viewer, and_(Event.code == code, event_seen(viewer)))
    return lines[0] if lines else None


def next_of_member(viewer: Viewer, member_id: int, today: date) -> EventLine | None:
    """The next open event of a member whom the viewer may know of."""
    asked = rights_values(viewer, member_id=member_id, today=today)
    rows = db.session.connection().execute(_next_of_member(rights_of(viewer)), asked).all()
    lines = _with_people(viewer, rows)
    return lines[0] if lines else None


@cache
def _next_of_member(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    of_member = select(EventPerson.event_id).where(rows_of_member(EventPerson.member_id, rights))
    coming = and_(Event.id.in_(of_member), is_open(), Event.on >= bindparam("today"))
    return _line.where(coming).order_by(Event.on, Event.at.nulls_last(), Event.id).limit(1)


def _lines(viewer: Viewer, where: ColumnElement[bool], most: int = 200) -> list[EventLine]:
    rows = db.session.execute(_line.where(where).order_by(Event.on, Event.at.nulls_last(), Event.id).limit(most)).all()
    return _with_people(viewer, rows)


def _with_people(viewer: Viewer, rows: Sequence[Any]) -> list[EventLine]:
    ids = [row.id for row in rows]
    people, counts = people_of(viewer, ids)
    companions = companions_of(ids)
    return [
        EventLine(
            **row._mapping,
            people=people.get(row.id, ()),
            hidden=counts[row.id] - len(people.get(row.id, ())),
            companions=companions.get(row.id, ()),
        )
        for row in rows
    ]


def my_closed(viewer: Viewer, since: datetime) -> list[tuple[EventLine, str]]:
    """The events whose outcome I wrote since `since` and nobody took back, newest first."""
    outcomes = dict(
        db.session.execute(
            select(EventOutcome.event_id, EventOutcome.outcome)
            .where(EventOutcome.by_user_id == viewer.user_id, EventOutcome.at >= since, EventOutcome.stands())
            .order_by(EventOutcome.id.desc())
            .limit(20)
        ).all()
    )
    lines = {line.id: line for line in _lines(viewer, Event.id.in_(outcomes))} if outcomes else {}
    return [(lines[id], outcome) for id, outcome in outcomes.items() if id in lines]


def has_day(row: Any) -> bool:
    """Whether an event, or its line, stands at a day."""
    return row.on is not None and row.precision in ("exact", "day")


def days_before(ids: Sequence[int]) -> dict[int, Any]:
    """event id -> the last day and hour that it had, of dates that have none now."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(EventCheck.event_id, EventCheck.was_on, EventCheck.was_at, EventCheck.was_zone)
        .where(
            EventCheck.event_id.in_(ids),
            EventCheck.was_on.is_not(None),
            EventCheck.was_precision.in_(("exact", "day")),
        )
        .order_by(EventCheck.id)
    )
    return {row.event_id: row for row in rows}


KINDS = ("hearing", "ice_checkin", "biometrics", "interview", "fee_due", "filing")
"""The dates that an office or a court sets; visits and tables are on Today."""
