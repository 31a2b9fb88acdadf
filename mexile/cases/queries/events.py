"""Which events a viewer may know of, which stand open, and who they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, exists, not_, or_, select, true

from mexile.access.models.account import UserAccount
from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.models.event import (
    OFFICIAL,
    Event,
    EventCompanion,
    EventOutcome,
    EventOutcomeVoid,
    EventPerson,
)
from mexile.cases.rules.moments import is_stale, starts_at
from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.ages import BIRTH_COLUMNS, opened
from mexile.members.queries.names import NAME_COLUMNS, name_of
from mexile.members.queries.visible import rights_of, rights_values, visible, visible_by
from mexile.members.rules.ages import Born
from mexile.members.rules.consents import GROWN_UP
from mexile.members.rules.names import ShownName

LEFT_OPEN = timedelta(days=120)
"""How far back an event waits on Today to be closed; a report counts the older ones."""
WORKING = frozenset({"director", "attorney", "caseworker", "intake"})


@dataclass(frozen=True)
class Someone:
    """A member at an event, as this viewer may read them."""

    id: int
    code: str
    name: ShownName
    born: Born

    def is_child(self, on: date) -> bool:
        """Under eighteen on the day `on`; where only the year is known, until it begins. Unknown counts as grown."""
        age = self.born.age(on)
        return age is not None and age < GROWN_UP


@dataclass(frozen=True)
class Companion:
    """Who walks along, and whether they said yes."""

    user_id: int
    name: str
    role: str
    is_confirmed: bool


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
    return exists().where(
        EventOutcome.event_id == Event.id,
        EventOutcome.id.not_in(select(EventOutcomeVoid.outcome_id)),
    )


def outcome_of_mine(viewer: Viewer, code: str) -> Any:
    """The standing outcome that the viewer wrote today, with its event; None where there is none.
    Until the day ends it can be taken back or written anew."""
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
    return found if found and clock.is_today(found.EventOutcome.at, found.Event.zone) else None


def is_open() -> ColumnElement[bool]:
    return not_(has_outcome())


def is_mine(user_id: Any) -> ColumnElement[bool]:
    """The WHERE on `Event`: I am responsible for it, or walk along."""
    return or_(
        Event.owner_user_id == user_id,
        Event.id.in_(select(EventCompanion.event_id).where(EventCompanion.user_id == user_id)),
    )


def seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Event`: mine, or for somebody I may know of, or for nobody by name.

    It shows the event, never the people in it: those pass `visible` one by one.
    """
    if viewer.sees_all_members:
        return true()
    known = visible(viewer) if viewer.sees_members else None
    return _seen(viewer.user_id, known, bool(viewer.roles & WORKING))


def seen_by(rights: str, works: bool) -> ColumnElement[bool]:
    """``seen`` for a statement that is made once for each kind of rights; its parameters are
    ``rights_values(viewer)``."""
    if rights == "all":
        return true()
    return _seen(bindparam("user_id"), None if rights == "none" else visible_by(rights), works)


def _seen(user_id: Any, known: ColumnElement[bool] | None, works: bool) -> ColumnElement[bool]:
    found = [is_mine(user_id)]
    if known is not None:
        of_known = EventPerson.member_id == Member.id, known
        found.append(exists().where(EventPerson.event_id == Event.id, *of_known))
    if works:
        found.append(not_(exists().where(EventPerson.event_id == Event.id)))
    return or_(*found)


register_scope("my_events", seen)

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
        is_open(),
        Event.on.between(today - LEFT_OPEN, until),
        Event.precision.in_(("exact", "day")),
    )
    return _lines(viewer, where)


def unclosed_events(viewer: Viewer, from_on: date, to_on: date, most: int = 100) -> list[EventLine]:
    """The events of these days that nobody closed, as far as the viewer may know of them, the oldest
    first. Three queries."""
    return _lines(viewer, and_(seen(viewer), is_open(), Event.on.between(from_on, to_on)), most)


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
    return _lines(viewer, and_(where, seen(viewer)), most)


def event_line(viewer: Viewer, code: str) -> EventLine | None:
    """One event by its code, within the viewer's rights."""
    found = _lines(viewer, and_(Event.code == code, seen(viewer)))
    return found[0] if found else None


def next_of_member(viewer: Viewer, member_id: int, today: date) -> EventLine | None:
    """The next open event of a member whom the viewer may know of."""
    asked = {"member_id": member_id, "today": today, **rights_values(viewer)}
    rows = db.session.connection().execute(_next_of_member(rights_of(viewer)), asked).all()
    found = _with_people(viewer, rows)
    return found[0] if found else None


@cache
def _next_of_member(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    of_member = (
        select(EventPerson.event_id)
        .join(Member, Member.id == EventPerson.member_id)
        .where(Member.id == bindparam("member_id"), visible_by(rights))
    )
    coming = and_(Event.id.in_(of_member), is_open(), Event.on >= bindparam("today"))
    return _line.where(coming).order_by(Event.on, Event.at.nulls_last(), Event.id).limit(1)


def _lines(viewer: Viewer, where: ColumnElement[bool], most: int = 200) -> list[EventLine]:
    rows = db.session.execute(
        _line.where(where).order_by(Event.on, Event.at.nulls_last(), Event.id).limit(most)
    ).all()
    return _with_people(viewer, rows)


def _with_people(viewer: Viewer, rows: Sequence[Any]) -> list[EventLine]:
    ids = [row.id for row in rows]
    people, counts = people_of(viewer, ids)
    companions = _companions_of(ids)
    return [
        EventLine(
            **row._mapping,
            people=people.get(row.id, ()),
            hidden=counts[row.id] - len(people.get(row.id, ())),
            companions=companions.get(row.id, ()),
        )
        for row in rows
    ]


def people_of(
    viewer: Viewer, ids: Iterable[int], lastingly: bool = False
) -> tuple[dict[int, list[Someone]], dict[int, int]]:
    """The members of these events whom the viewer may know of, and how many there are in all."""
    ids = list(ids)
    people: dict[int, list[Someone]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    if not ids:
        return people, counts
    asked = {"ids": ids, **rights_values(viewer)}
    rows = db.session.connection().execute(_people(rights_of(viewer, lastingly)), asked)
    names: dict[int, ShownName] = {}
    for row in rows:
        counts[row.event_id] += 1
        if not row.is_visible:
            continue
        if row.id not in names:
            names[row.id] = name_of(row, viewer)
        people[row.event_id].append(Someone(row.id, row.code, names[row.id], _born(row)))
    return people, counts


def _born(row: Any) -> Born:
    """The day of birth is opened only where it decides who is a child in the year of the event."""
    turns = bool(row.on and row.birth_year and row.on.year - row.birth_year == GROWN_UP)
    return opened(row) if turns else Born(None, row.birth_year)


@cache
def _people(rights: str) -> Any:
    """Made once for each kind of rights."""
    return (
        select(
            EventPerson.event_id,
            Event.on,
            Member.id,
            Member.code,
            *BIRTH_COLUMNS,
            visible_by(rights).label("is_visible"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == EventPerson.member_id)
        .join(Event, Event.id == EventPerson.event_id)
        .where(EventPerson.event_id.in_(bindparam("ids", expanding=True)))
        .order_by(Member.birth_year.nulls_last(), Member.id)
    )


def _companions_of(ids: Sequence[int]) -> dict[int, list[Companion]]:
    found: dict[int, list[Companion]] = defaultdict(list)
    if not ids:
        return found
    rows = db.session.connection().execute(_companions(), {"ids": list(ids)})
    for row in rows:
        found[row.event_id].append(
            Companion(row.user_id, row.name, row.role, row.confirmed_at is not None)
        )
    return found


@cache
def _companions() -> Any:
    return (
        select(
            EventCompanion.event_id,
            EventCompanion.user_id,
            UserAccount.name,
            EventCompanion.role,
            EventCompanion.confirmed_at,
        )
        .join(UserAccount, UserAccount.id == EventCompanion.user_id)
        .where(EventCompanion.event_id.in_(bindparam("ids", expanding=True)))
        .order_by(UserAccount.name)
    )


def my_closed(viewer: Viewer, since: datetime) -> list[tuple[EventLine, str]]:
    """The events whose outcome I wrote since `since` and nobody took back, newest first."""
    outcomes = dict(
        db.session.execute(
            select(EventOutcome.event_id, EventOutcome.outcome)
            .where(
                EventOutcome.by_user_id == viewer.user_id,
                EventOutcome.at >= since,
                EventOutcome.id.not_in(select(EventOutcomeVoid.outcome_id)),
            )
            .order_by(EventOutcome.id.desc())
            .limit(20)
        ).all()
    )
    lines = {line.id: line for line in _lines(viewer, Event.id.in_(outcomes))} if outcomes else {}
    return [(lines[id], outcome) for id, outcome in outcomes.items() if id in lines]
