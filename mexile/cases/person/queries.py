"""Whom dates are for, as far as the viewer may know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, false, select

from mexile.access.policy import VOLUNTEER
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.rights import walked
from mexile.ground.db import db
from mexile.members.assignment.rights import (
    NONE,
    SOME,
    STANDS,
    WALKED,
    rights_of,
    rights_values,
    visible,
)
from mexile.members.consent.rules import GROWN_UP
from mexile.members.household.queries import BIRTH_COLUMNS, opened
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member
from mexile.members.person.rules import Born


@dataclass(frozen=True)
class Someone:
    """A member at an event, as this viewer may read them. `is_known`: beyond this date too, so
    that their page opens."""

    id: int
    code: str
    name: ShownName
    born: Born
    is_known: bool = True

    def is_child(self, on: date) -> bool:
        """Under eighteen on the day `on`; where only the year is known, until it begins. Unknown counts as grown."""
        age = self.born.age(on)
        return age is not None and age < GROWN_UP


def people_of(
    viewer: Viewer, ids: Iterable[int], lastingly: bool = False
) -> tuple[dict[int, list[Someone]], dict[int, int]]:
    """The members of these events whom the viewer may know of, and how many there are in all."""
    ids = list(ids)
    people: dict[int, list[Someone]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    if not ids:
        return people, counts
    asked = rights_values(viewer, ids=ids)
    rows = db.session.connection().execute(_people(rights_of(viewer, lastingly)), asked)
    names: dict[tuple[int, bool], ShownName] = {}
    companion = replace(viewer, roles=frozenset({VOLUNTEER}))
    for row in rows:
        counts[row.event_id] += 1
        if not (row.is_known or row.is_walked):
            continue
        key = row.id, row.is_known
        if key not in names:
            names[key] = name_of(row, viewer if row.is_known else companion)
        people[row.event_id].append(Someone(row.id, row.code, names[key], _born(row), row.is_known))
    return people, counts


def _born(row: Any) -> Born:
    """The day of birth is opened only where it decides who is a child in the year of the event."""
    turns = bool(row.is_known and row.on and row.birth_year and row.on.year - row.birth_year == GROWN_UP)
    return opened(row) if turns else Born(None, row.birth_year)


@cache
def _people(rights: str) -> Any:
    """Made once for each kind of rights. Who said yes reads first names at that event alone."""
    days = bindparam("walk_today", type_=Date()), bindparam("walk_month", type_=Date())
    mine = EventPerson.event_id.in_(walked(bindparam("user_id"), *days))
    is_walked = and_(mine, STANDS) if rights in (SOME, WALKED) else false()
    is_known = visible(NONE if rights == WALKED else rights)
    return (
        select(
            EventPerson.event_id,
            Event.on,
            Member.id,
            Member.code,
            *BIRTH_COLUMNS,
            is_known.label("is_known"),
            is_walked.label("is_walked"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == EventPerson.member_id)
        .join(Event, Event.id == EventPerson.event_id)
        .where(EventPerson.event_id.in_(bindparam("ids", expanding=True)))
        .order_by(Member.birth_year.nulls_last(), Member.id)
    )
