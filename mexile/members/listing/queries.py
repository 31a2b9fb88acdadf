"""The list of members, 50 a page, in the order of any of its columns.

What a list of members can be narrowed by beside the member's own record: who is assigned, where the
person is now, and what other houses know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, case, func, not_, select

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import holding
from mexile.access.policy import SEES
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.hook import Hook
from mexile.ground.paging import PAGE, offset
from mexile.ground.vocabulary import vocabulary
from mexile.members.assignment.rights import assigned_ids, lastingly_visible, rights_of, rights_values, visible
from mexile.members.household.models import HouseholdPlace
from mexile.members.name.queries import NAME_COLUMNS, allowed_ids, held_names, listed_name
from mexile.members.name.rules import sort_key
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed, is_paused, status_word

last_service_on: Hook[[Any], ColumnElement[date]] = Hook("the day of a member's last service")
"""``last_service_on(member_id)``: the newest day of a service that counts, as a scalar subquery."""
next_date_on: Hook[[Any, Any], ColumnElement[date]] = Hook("the day of a member's next date")
"""``next_date_on(member_id, today)``: the first day from today on for which a date is set, as a scalar subquery."""

COLUMNS = ("name", "code", "next", "status", "profile", "language", "origin_state", "last_service")
SHOWS = ("open", "paused", "closed", "all")


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for: ``sort`` is one of its columns, ``page`` counts from 1."""

    sort: str = "name"
    is_down: bool = False
    show: str = "open"
    mine: bool = False
    profile: str | None = None
    language: str | None = None
    origin_state: str | None = None
    more: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return (
            self.mine or self.show == "paused" or bool(self.profile or self.language or self.origin_state or self.more)
        )

    def chosen(self, name: str) -> str | None:
        """What is chosen of one of ``list_filters``."""
        return dict(self.more).get(name)


class Line(NamedTuple):
    """One member in the list, in codes; the page makes words of them."""

    code: str
    name: str
    profile: str | None
    language: str | None
    origin_state: str | None
    last_service_on: date | None
    next_on: date | None
    status: str = "member"


@dataclass(frozen=True)
class MembersPage:
    """The lines of one page, and how many members the list has in all."""

    lines: Sequence[Line]
    total: int


def members_page(viewer: Viewer, wanted: Wanted, words: str = "en") -> MembersPage:
    """One page of the members this viewer may know of; ``words``, the language in whose order its words stand.
    A page behind the last one is the last."""
    ids = _by_name(viewer, wanted) if wanted.sort == "name" else None
    total = len(ids) if ids is not None else _count(viewer, wanted)
    begin = offset(wanted.page, total)
    rows = _rows(viewer, ids[begin : begin + PAGE]) if ids is not None else _sorted(viewer, wanted, words, begin)
    lines = [
        Line(code, listed_name(sealed), profile, language, state, last, next_on, status)
        for _, code, profile, language, state, last, next_on, status, *sealed in rows
    ]
    return MembersPage(lines, total)


def _filters(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [visible(viewer)]
    if wanted.mine:
        conditions.append(Member.id.in_(assigned_ids(viewer.user_id)))
    for column, value in (
        (Member.profile, wanted.profile),
        (Member.language, wanted.language),
        (Member.origin_state, wanted.origin_state),
    ):
        if value:
            conditions.append(column == value)
    if wanted.show == "paused":
        conditions.append(is_paused())
    known = list_filters()
    return conditions + [known[name].where(value) for name, value in wanted.more]


def _shown(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The WHERE for everybody of the list: its filters, and whether the closed are wanted."""
    where = _filters(viewer, wanted)
    if wanted.show != "all":
        where.append(is_closed() if wanted.show == "closed" else not_(is_closed()))
    return where


@cache
def _line() -> Select[*tuple[Any, ...]]:
    """Built once, at the first list: by then every house has registered what it knows."""
    return select(
        Member.id,
        Member.code,
        Member.profile,
        Member.language,
        Member.origin_state,
        last_service_on(Member.id).label("last_service_on"),
        next_date_on(Member.id, bindparam("today", type_=Date())).label("next_on"),
        status_word().label("status"),
        *NAME_COLUMNS,
    )


@cache
def _line_of_ids(rights: str) -> Select[*tuple[Any, ...]]:
    """The lines of these ids, of those whom the viewer may know of. Made once for each kind of rights."""
    return _line().where(Member.id.in_(bindparam("ids", expanding=True)), visible(rights))


def _by_name(viewer: Viewer, wanted: Wanted) -> list[int]:
    """Ids in the order that the names in memory have; the database says who may be among them."""
    if wanted.is_filtered:
        allowed: set[int] | None = set(db.session.scalars(select(Member.id).where(*_filters(viewer, wanted))))
    else:
        allowed = allowed_ids(viewer)
    closed = {"open": False, "paused": False, "closed": True}.get(wanted.show)
    held = held_names()
    with held.lock:
        ids = held.refresh().ordered(allowed=allowed, closed=closed)
    return ids[::-1] if wanted.is_down else ids


def _rows(viewer: Viewer, ids: list[int]) -> list[Any]:
    # Through the connection: fifty plain rows need nothing that a session adds.
    asked = rights_values(viewer, ids=ids, today=clock.today())
    rows = {row[0]: row for row in db.session.connection().execute(_line_of_ids(rights_of(viewer)), asked)}
    return [rows[id] for id in ids if id in rows]


def _count(viewer: Viewer, wanted: Wanted) -> int:
    return db.session.scalar(select(func.count()).select_from(Member).where(*_shown(viewer, wanted))) or 0


def _sorted(viewer: Viewer, wanted: Wanted, words: str, begin: int) -> list[Any]:
    """Rows by another column than the name; who has nothing in it comes at the end, whichever way it is sorted."""
    line = _line()
    by = _order(wanted.sort, words)
    ways = (by.desc() if wanted.is_down else by.asc()).nulls_last(), Member.id.desc()
    page = line.where(*_shown(viewer, wanted)).order_by(*ways).limit(PAGE).offset(begin)
    return list(db.session.execute(page, {"today": clock.today()}))


def _order(column: str, words: str) -> Any:
    match column:
        case "code":
            return Member.id
        case "status":
            return _in_words(func.nullif(status_word(), "member"), "member_status", words)
        case "next":
            return next_date_on(Member.id, bindparam("today", type_=Date()))
        case "last_service":
            return last_service_on(Member.id)
    vocabularies = {"profile": "member_profile", "language": "language", "origin_state": "mx_state"}
    return _in_words(getattr(Member, column), vocabularies[column], words)


def _in_words(column: ColumnElement[Any], name: str, language: str) -> ColumnElement[Any]:
    """The codes of a vocabulary in the order of the words that one sees."""
    codes = sorted(vocabulary(name), key=lambda code: sort_key(vocabulary(name).label(code, language)))
    return case({code: place for place, code in enumerate(codes)}, value=column)


# ---- what leaves the house ----------------------------------------------------

MOST_EXPORTED = 5000


def leaving(viewer: Viewer, wanted: Wanted) -> Sequence[Any]:
    """Everybody of a list whom this viewer may take out, by code. Whom an emergency opened is not among them.
    Nothing sealed is opened yet: who consented is asked first."""
    where = [*_shown(viewer, wanted), lastingly_visible(viewer)]
    return db.session.execute(
        select(
            Member.id,
            Member.code,
            Member.profile,
            Member.gender,
            Member.birth_year,
            Member.nationality,
            Member.origin_state,
            Member.language,
            Member.arrived_on,
            Member.joined_on,
            last_service_on(Member.id).label("last_service_on"),
            status_word().label("status"),
            *NAME_COLUMNS,
        )
        .where(*where)
        .order_by(Member.id)
        .limit(MOST_EXPORTED)
    ).all()


Choices = Callable[[str], list[tuple[str, str]]]


@dataclass(frozen=True)
class ListFilter:
    """One way to narrow the list. ``choices(language)`` are its codes with their words; ``where(code)`` is
    the WHERE on ``Member``."""

    label: Both
    choices: Choices
    where: Callable[[str], ColumnElement[bool]]


other_filters: Hook[[], dict[str, ListFilter]] = Hook("what else narrows the list of members")
"""``other_filters()``: what a house above this one knows; the word in the list's address -> the filter."""


def list_filters() -> dict[str, ListFilter]:
    """All ways to narrow the list, in their order."""
    return _OWN_FILTERS | {name: known for more in other_filters.each() for name, known in more.items()}


def _team(_language: str) -> list[tuple[str, str]]:
    return [(code, name) for _id, code, name in holding(*SEES)]


def _assigned_to(code: str) -> ColumnElement[bool]:
    who = select(UserAccount.id).where(UserAccount.code == code).scalar_subquery()
    return Member.id.in_(assigned_ids(who))


def _place_now(code: str) -> ColumnElement[bool]:
    """The newest place of the member's own; a relative's says nothing of them."""
    row = HouseholdPlace
    newest = (
        select(
            row.member_id,
            row.place,
            func.row_number()
            .over(partition_by=row.member_id, order_by=(row.since_on.desc(), row.id.desc()))
            .label("n"),
        )
        .where(row.relative_id.is_(None))
        .subquery()
    )
    return Member.id.in_(select(newest.c.member_id).where(newest.c.n == 1, newest.c.place == code))


_OWN_FILTERS = {
    "walks": ListFilter(Both("Accompanied by", "Acompaña"), _team, _assigned_to),
    "place": ListFilter(
        Both("Where now", "Dónde está"), lambda lang: vocabulary("place_now").choices(lang), _place_now
    ),
}
