"""The docket: every date of law of the next two weeks, what has passed, what nobody has made sure of.

A docket is made to be printed and taken along, so it knows only those to whom the viewer is assigned beyond one date:
whom an emergency opened stands on their own page alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_, select, true

from mexile.access.account.queries import names_of
from mexile.access.viewer import Viewer
from mexile.cases.companion.queries import Companion, companions_of
from mexile.cases.event.models import Event
from mexile.cases.event.queries import KINDS, is_open
from mexile.cases.event.rights import event_seen, is_mine
from mexile.cases.event.rules import is_stale, starts_at
from mexile.cases.person.queries import Someone, people_of
from mexile.deadlines.deadline.queries import (
    LINE,
    DeadlineLine,
    comes_up,
    first_alarm,
    is_answered_by,
    is_closed_deadline,
    line_of,
    worst_first,
)
from mexile.ground.db import db
from mexile.members.assignment.rights import rights_of, rights_values, visible

FEES = ("ANNUAL_ASYLUM_FEE",)
AHEAD = timedelta(days=14)
BEHIND = timedelta(days=60)
"""How far back a date without its outcome is still asked for here."""


@dataclass(frozen=True)
class DocketEvent:
    """A date of an office with its people; `hidden` counts those whom the viewer doesn't know."""

    id: int
    code: str
    kind: str
    on: date | None
    at: time | None
    fold: int | None
    zone: str
    precision: str
    hearing_type: str | None
    owner_user_id: int | None
    verified_at: datetime | None
    stale_days: int
    place: str | None = None
    room: str | None = None
    people: Sequence[Someone] = field(default=())
    hidden: int = 0
    companions: Sequence[Companion] = field(default=())
    is_deadline = False

    def acts_on(self, today: date) -> date | None:
        """The day under which it stands, as that of a deadline."""
        return self.on

    @property
    def is_accompanied(self) -> bool:
        """Somebody goes along, and nobody who was asked still owes the yes."""
        return (self.owner_user_id is not None or bool(self.companions)) and all(
            c.is_confirmed for c in self.companions
        )

    @property
    def starts(self) -> datetime | None:
        """The moment it begins, where day and hour are known."""
        return starts_at(self.on, self.at, self.zone, self.fold)

    def has_passed(self, moment: datetime) -> bool:
        if self.on is None:
            return False
        if starts := self.starts:
            return starts <= moment
        return self.on < moment.astimezone(ZoneInfo(self.zone)).date()

    def is_stale(self, moment: datetime) -> bool:
        return is_stale(self.verified_at, self.stale_days, moment)


@dataclass(frozen=True)
class Week:
    """Seven days and what stands under them, in order; `first` is where it begins."""

    first: date
    last: date
    lines: Sequence[DeadlineLine | DocketEvent]


@dataclass(frozen=True)
class Docket:
    """`past`: limits gone by that nobody closed; `unclosed`: dates gone by without an outcome;
    `open_now`: what may be done since a day, or an office owes us since one."""

    on: date
    past: Sequence[DeadlineLine]
    unclosed: Sequence[DocketEvent]
    weeks: Sequence[Week]
    later: Sequence[DeadlineLine]
    open_now: Sequence[DeadlineLine]
    unverified: Sequence[DocketEvent]
    fees: Sequence[DeadlineLine | DocketEvent]
    dateless: int
    owners: dict[int, str]

    @property
    def days(self) -> list[tuple[date, list[DeadlineLine | DocketEvent]]]:
        """Each day of the two weeks with what stands under it."""
        lines = [line for week in self.weeks for line in week.lines]
        fortnight = [self.on + timedelta(days=number) for number in range(AHEAD.days)]
        return [(day, [line for line in lines if line.acts_on(self.on) == day]) for day in fortnight]

    @property
    def is_empty(self) -> bool:
        return not (self.past or self.unclosed or self.later or self.open_now or any(week.lines for week in self.weeks))


def docket_of(viewer: Viewer, moment: datetime, on: date, owner_user_id: int | None = None) -> Docket:
    """The docket on the day `on`, of everybody or of one who answers. Six queries, however full it is."""
    until = on + AHEAD - timedelta(days=1)
    deadlines = _deadlines(viewer, on, until, owner_user_id)
    events = _events(viewer, on, until, owner_user_id)
    past = worst_first(line for line in deadlines if line.has_passed(on))
    open_now = [line for line in deadlines if not line.is_a_limit and line.due_on < on]
    ahead = [line for line in deadlines if line.due_on >= on]
    to_come = [event for event in events if not event.has_passed(moment)]
    near = [line for line in ahead if line.acts_on(on) <= until]
    weeks = [
        _week(on, on + timedelta(days=6), near, to_come, on),
        _week(on + timedelta(days=7), until, near, to_come, on),
    ]
    return Docket(
        on=on,
        past=past,
        unclosed=[event for event in events if event.has_passed(moment)],
        weeks=weeks,
        later=[line for line in ahead if line.acts_on(on) > until],
        open_now=open_now,
        unverified=[event for event in to_come if event.is_stale(moment)],
        fees=[line for line in deadlines if line.rule_code in FEES] + [e for e in to_come if e.kind == "fee_due"],
        dateless=_dateless(viewer, owner_user_id),
        owners=names_of(_owner_ids(deadlines, events)),
    )


def _owner_ids(deadlines: Sequence[DeadlineLine], events: Sequence[DocketEvent]) -> set[int]:
    ids = {event.owner_user_id for event in events}
    for line in deadlines:
        ids |= {line.owner_user_id, line.second_owner_user_id}
    return {id for id in ids if id is not None}


def _week(
    first: date, last: date, deadlines: Sequence[DeadlineLine], events: Sequence[DocketEvent], today: date
) -> Week:
    """What stands between two days: by day, then by hour, deadlines first."""
    lines: list[tuple[tuple[date, time, int, str], DeadlineLine | DocketEvent]] = [
        ((line.acts_on(today), time(), 0, line.code), line)
        for line in deadlines
        if first <= line.acts_on(today) <= last
    ]
    lines += [
        ((event.on, event.at or time(23, 59), 1, event.code), event)
        for event in events
        if event.on is not None and first <= event.on <= last
    ]
    return Week(first, last, [line for _, line in sorted(lines, key=lambda pair: pair[0])])


def _deadlines(viewer: Viewer, on: date, until: date, owner_user_id: int | None) -> list[DeadlineLine]:
    asked = rights_values(viewer, until=until, alarm=first_alarm(on), owner=owner_user_id)
    statement = _open_deadlines(rights_of(viewer, lastingly=True), owner_user_id is not None)
    return [line_of(row, viewer) for row in db.session.connection().execute(statement, asked)]


@cache
def _open_deadlines(rights: str, of_one: bool) -> Any:
    mine = is_answered_by(bindparam("owner")) if of_one else true()
    up = comes_up(bindparam("until"), bindparam("alarm"))
    return LINE.where(up, mine, ~is_closed_deadline(), visible(rights))


_event = select(
    Event.id,
    Event.code,
    Event.kind,
    Event.on,
    Event.at,
    Event.fold,
    Event.zone,
    Event.precision,
    Event.hearing_type,
    Event.owner_user_id,
    Event.verified_at,
    Event.stale_days,
    Event.place,
    Event.room,
)


def _events(viewer: Viewer, on: date, until: date, owner_user_id: int | None) -> list[DocketEvent]:
    asked = rights_values(viewer, from_on=on - BEHIND, until=until, owner=owner_user_id)
    rows = db.session.connection().execute(_open_events(*_kind(viewer, owner_user_id)), asked).all()
    ids = [row.id for row in rows]
    people, counts = people_of(viewer, ids, lastingly=True)
    companions = companions_of(ids)
    return [
        DocketEvent(
            **row._mapping,
            people=people.get(row.id, ()),
            hidden=counts[row.id] - len(people.get(row.id, ())),
            companions=companions.get(row.id, ()),
        )
        for row in rows
    ]


def _dateless(viewer: Viewer, owner_user_id: int | None) -> int:
    """How many dates of law have no day yet: to be set, unknown, or only their month."""
    asked = rights_values(viewer, owner=owner_user_id)
    return db.session.connection().scalar(_count_dateless(*_kind(viewer, owner_user_id)), asked) or 0


def _kind(viewer: Viewer, owner_user_id: int | None) -> tuple[str, bool]:
    """By what a statement differs: the rights, and whether one owner is asked for."""
    return rights_of(viewer, lastingly=True), owner_user_id is not None


@cache
def _open_events(rights: str, of_one: bool) -> Any:
    return _event.where(
        Event.on.between(bindparam("from_on"), bindparam("until")),
        Event.precision.in_(("exact", "day")),
        _open_and_seen(rights, of_one),
    ).order_by(Event.on, Event.at.nulls_last(), Event.id)


@cache
def _count_dateless(rights: str, of_one: bool) -> Any:
    # Each side has an index; a parameter for 'month' would not find its own.
    no_day = or_(Event.on.is_(None), Event.precision == literal_column("'month'"))
    return select(func.count()).select_from(Event).where(no_day, _open_and_seen(rights, of_one))


def _open_and_seen(rights: str, of_one: bool) -> ColumnElement[bool]:
    mine = is_mine(bindparam("owner")) if of_one else true()
    return and_(Event.kind.in_(KINDS), is_open(), event_seen(rights), mine)
