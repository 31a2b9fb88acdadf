"""The people somebody may log for: found while a line is read, resolved when it is saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select, union

from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.queries import is_open
from mexile.cases.event.rights import is_mine
from mexile.ground.db import db
from mexile.members.assignment.rights import rights_of, rights_values, visible
from mexile.members.household.models import HouseholdMembership
from mexile.members.name.queries import (
    allowed_ids,
    code_typed,
    find_members,
    found_members,
    held_names,
    unshown_words,
)
from mexile.members.name.rules import ShownName, words
from mexile.members.person.models import Member
from mexile.members.removal.rights import gone_ids
from mexile.members.status.queries import is_closed
from mexile.services.quick_log.reading import Person
from mexile.services.service.models import Service, ServicePerson
from mexile.services.service.rules import Recipient

LATELY = timedelta(days=14)
_CODE = re.compile(r"ME-\d{1,9}")


class LoggablePeople:
    """The people this viewer may log for; those of today's events and of the last two
    weeks come first. What it shows is noted as read, what it looked through is not."""

    def __init__(self, viewer: Viewer, today: date):
        self.viewer = viewer
        self.today = today
        self._first: tuple[frozenset[int], frozenset[int]] | None = None

    def named(self, line: str) -> Sequence[Person]:
        if self._first is None:
            self._first = _first_ids(self.viewer, self.today)
        of_today, lately = self._first
        is_code = code_typed(line) is not None
        asked = words(line)
        members = find_members(self.viewer, line, 8, first=(of_today, lately))
        unshown = unshown_words(self.viewer, line, members)
        return [
            Person(
                member.code,
                _as_matched(member.name, asked, unshown.get(member.id)),
                *((True, False) if is_code else self._fit(member.id, asked)),
            )
            for member in members
        ]

    def _fit(self, id: int, asked: list[str]) -> tuple[bool, bool]:
        """(sure, heard): every word asked for is a whole word of the name or a number of
        the person; some word is not even the beginning of one."""
        entry = held_names().index.entries.get(id)
        if entry is None or not asked:
            return False, True
        theirs = entry.own if self.viewer.sees_first_names_only else entry.own | entry.other | entry.unshown
        left = [word for word in asked if not (word in theirs or word.isdecimal() or word == "me")]
        heard = any(not any(name.startswith(word) for name in theirs) for word in left)
        return not left, heard

    def coded(self, code: str) -> Person | None:
        row = db.session.execute(select(Member.id).where(Member.code == code, visible(self.viewer))).first()
        if row is None:
            return None
        members = found_members(self.viewer, [row.id])
        return Person(code, members[0].name.short, True) if members else None


def _as_matched(name: ShownName, asked: Sequence[str], unshown: str | None) -> str:
    """The name by which somebody was found: short where that shows it, else whole, else with the word beside it."""
    if unshown:
        return f"{name.short} ({unshown})"
    shows = words(name.short)
    found = all(word.isdecimal() or any(known.startswith(word) for known in shows) for word in asked)
    return name.short if found else name.full


class CodedPeople:
    """As `LoggablePeople`, for saving a line whose people were chosen: it opens no name and
    takes a chosen code at its word, since the write refuses whom one may not log for."""

    def __init__(self, viewer: Viewer, today: date):
        self._searching = LoggablePeople(viewer, today)

    def named(self, line: str) -> Sequence[Person]:
        return self._searching.named(line)

    def coded(self, code: str) -> Person | None:
        return Person(code, code, True) if _CODE.fullmatch(code) else None


def _first_ids(viewer: Viewer, today: date) -> tuple[frozenset[int], frozenset[int]]:
    """The members of my events of today and of those I have to close; and those whom I
    logged for in the last two weeks."""
    at_events = (
        select(EventPerson.member_id, literal(1))
        .join(Event, Event.id == EventPerson.event_id)
        .where(is_mine(viewer.user_id), is_open(), Event.on <= today, Event.on > today - LATELY)
    )
    lately = (
        select(ServicePerson.member_id, literal(2))
        .join(Service, Service.id == ServicePerson.service_id)
        .where(Service.by_user_id == viewer.user_id, Service.on >= today - LATELY)
    )
    rows = db.session.execute(union(at_events, lately)).all()
    return frozenset(id for id, part in rows if part == 1), frozenset(id for id, part in rows if part == 2)


@cache
def _recipients(rights: str) -> Any:
    """Made once for each kind of rights: every save passes here."""
    return select(Member.id, Member.code, Member.key_id, Member.joined_on, is_closed().label("is_closed")).where(
        Member.code.in_(bindparam("codes", expanding=True)), visible(rights)
    )


def recipients(viewer: Viewer, codes: Sequence[str]) -> list[Recipient]:
    """The members with these codes whom the viewer may log for, in the order given."""
    if not codes:
        return []
    rows = db.session.connection().execute(_recipients(rights_of(viewer)), rights_values(viewer, codes=list(codes)))
    known = {row.code: Recipient(*row) for row in rows}
    return [known[code] for code in dict.fromkeys(codes) if code in known]


UNSEEN = "—"
"""Stands for the code of somebody whom the viewer may not know of."""


def recipients_of(viewer: Viewer, service_id: int) -> list[Recipient]:
    """The members of a service; a record that was removed counts as closed."""
    rows = db.session.execute(
        select(
            Member.id,
            Member.code,
            Member.key_id,
            Member.joined_on,
            or_(is_closed(), Member.id.in_(gone_ids())).label("is_closed"),
            visible(viewer).label("seen"),
        )
        .join(ServicePerson, ServicePerson.member_id == Member.id)
        .where(ServicePerson.service_id == service_id)
        .order_by(Member.id)
    )
    return [Recipient(row.id, row.code if row.seen else UNSEEN, *row[2:5]) for row in rows]


def hidden_at_home(viewer: Viewer, codes: Sequence[str], on: date) -> int:
    """How many share a household with these on the day `on` whom `with_households` leaves out because the
    viewer may not know of them."""
    if viewer.sees_all_members or not codes:
        return 0
    theirs = (
        select(HouseholdMembership.household_id)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(Member.code.in_(list(codes)), visible(viewer), *_in_force(on))
    )
    return (
        db.session.scalar(
            select(func.count(func.distinct(Member.id)))
            .join(HouseholdMembership, HouseholdMembership.member_id == Member.id)
            .where(
                HouseholdMembership.household_id.in_(theirs),
                ~visible(viewer),
                ~is_closed(),
                Member.id.not_in(gone_ids()),
                Member.joined_on <= on,
                *_in_force(on),
            )
        )
        or 0
    )


def with_households(viewer: Viewer, codes: Sequence[str], on: date) -> list[str]:
    """These codes and those of everybody who shares a household with them on the day
    `on`, as far as the viewer may know of them and they aren't closed."""
    named = list(dict.fromkeys(codes))
    theirs = (
        select(HouseholdMembership.household_id)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(Member.code.in_(named), visible(viewer), *_in_force(on))
    )
    rows = db.session.scalars(
        select(Member.code)
        .join(HouseholdMembership, HouseholdMembership.member_id == Member.id)
        .where(
            HouseholdMembership.household_id.in_(theirs),
            visible(viewer),
            ~is_closed(),
            *_in_force(on),
        )
        .order_by(Member.id)
    )
    return list(dict.fromkeys([*named, *rows]))


def households_of(ids: Sequence[int], on: date) -> int:
    """In how many households these members live on the day `on`; one who lives in none is one."""
    homes = dict(
        db.session.execute(
            select(HouseholdMembership.member_id, func.min(HouseholdMembership.household_id))
            .where(HouseholdMembership.member_id.in_(ids), *_in_force(on))
            .group_by(HouseholdMembership.member_id)
        ).all()
    )
    return len(set(homes.values())) + len(set(ids) - set(homes))


def _in_force(on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        HouseholdMembership.from_on <= on,
        (HouseholdMembership.to_on.is_(None)) | (HouseholdMembership.to_on >= on),
    )


def short_names(viewer: Viewer, codes: Sequence[str]) -> list[tuple[str, str]]:
    """(code, short name) of these members within the viewer's rights, in this order; who has a namesake among those
    the viewer may know of, with code and year of birth."""
    members = found_members(viewer, [person.id for person in recipients(viewer, codes)])
    if not members:
        return []
    allowed, held = allowed_ids(viewer), held_names()
    with held.lock:
        index = held.refresh()
        alike = [member.id for member in members if index.has_namesake(member.id, allowed)]
    born = (
        dict(db.session.execute(select(Member.id, Member.birth_year).where(Member.id.in_(alike))).all())
        if alike
        else {}
    )
    return [
        (
            member.code,
            _apart(member.name.short, member.code, born[member.id]) if member.id in born else member.name.short,
        )
        for member in members
    ]


def _apart(name: str, code: str, born: int | None) -> str:
    return f"{name} ({code}, {born})" if born else f"{name} ({code})"
