"""The list of members, 50 a page, by surname or by last service.

What a list of members can be narrowed by beside the member's own record: who is assigned, where the
person is now, and what other houses know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, func, not_, or_, select, true

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import holding
from mexile.access.policy import SEES
from mexile.access.viewer import Viewer
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.hook import Hook
from mexile.ground.vocabulary import vocabulary
from mexile.members.assignment.rights import assigned_ids, lastingly_visible, rights_of, rights_values, visible
from mexile.members.household.models import HouseholdPlace
from mexile.members.name.queries import NAME_COLUMNS, allowed_ids, held_names, listed_name
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed, is_paused, status_word

last_service_on: Hook[[Any], ColumnElement[date]] = Hook("the day of a member's last service")
"""``last_service_on(member_id)``: the newest day of a service that counts, as a scalar subquery."""

PAGE = 50
SORTS = ("surname", "last_service")
SHOWS = ("open", "paused", "closed", "all")


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for. ``after`` is the code of the last member of the page before:
    a cursor in an address must say nothing of a person."""

    sort: str = "surname"
    show: str = "open"
    mine: bool = False
    profile: str | None = None
    language: str | None = None
    origin_state: str | None = None
    more: tuple[tuple[str, str], ...] = ()
    after: str | None = None

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
    status: str = "member"


@dataclass(frozen=True)
class MembersPage:
    """The lines of one page and the code after which the next one goes on, if there is one."""

    lines: Sequence[Line]
    next_after: str | None


def members_page(viewer: Viewer, wanted: Wanted) -> MembersPage:
    """One page of the members this viewer may know of."""
    rows = _by_last_service(viewer, wanted) if wanted.sort == "last_service" else _by_surname(viewer, wanted)
    lines = [
        Line(code, listed_name(sealed), profile, language, state, last, status)
        for _, code, profile, language, state, last, status, *sealed in rows[:PAGE]
    ]
    return MembersPage(lines, lines[-1].code if len(rows) > PAGE else None)


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
        status_word().label("status"),
        *NAME_COLUMNS,
    )


@cache
def _line_of_ids(rights: str) -> Select[*tuple[Any, ...]]:
    """The lines of these ids, of those whom the viewer may know of. Made once for each kind of rights."""
    return _line().where(Member.id.in_(bindparam("ids", expanding=True)), visible(rights))


def _by_surname(viewer: Viewer, wanted: Wanted) -> list[Any]:
    """Rows in the order that the names in memory have; the database says who may be among them."""
    if wanted.is_filtered:
        allowed: set[int] | None = set(db.session.scalars(select(Member.id).where(*_filters(viewer, wanted))))
    else:
        allowed = allowed_ids(viewer)
    closed = {"open": False, "paused": False, "closed": True}.get(wanted.show)
    held = held_names()
    with held.lock:
        index = held.refresh()
        ids = index.after(wanted.after, allowed=allowed, closed=closed, limit=PAGE + 1)
    # Through the connection: fifty plain rows need nothing that a session adds.
    lines = db.session.connection().execute(_line_of_ids(rights_of(viewer)), rights_values(viewer, ids=ids))
    rows = {row[0]: row for row in lines}
    return [rows[id] for id in ids if id in rows]


def _by_last_service(viewer: Viewer, wanted: Wanted) -> list[Any]:
    """Rows by the day of the last service, newest first; those never served come at the end."""
    where = _filters(viewer, wanted)
    if wanted.show != "all":
        where.append(is_closed() if wanted.show == "closed" else not_(is_closed()))
    line = _line().where(*where).subquery()
    behind = _behind(viewer, line, wanted.after) if wanted.after else true()
    order = (line.c.last_service_on.desc().nulls_last(), line.c.id.desc())
    return list(db.session.execute(select(line).where(behind).order_by(*order).limit(PAGE + 1)))


def _behind(viewer: Viewer, line: Subquery, code: str) -> ColumnElement[bool]:
    """The WHERE for what stands behind the member ``code`` in the order of the last service."""
    last = db.session.execute(
        select(Member.id, last_service_on(Member.id).label("on")).where(Member.code == code, visible(viewer))
    ).one_or_none()
    if last is None:
        return true()
    if last.on is None:
        return and_(line.c.last_service_on.is_(None), line.c.id < last.id)
    return or_(
        line.c.last_service_on < last.on,
        and_(line.c.last_service_on == last.on, line.c.id < last.id),
        line.c.last_service_on.is_(None),
    )


# ---- what leaves the house ----------------------------------------------------

MOST_EXPORTED = 5000


def leaving(viewer: Viewer, wanted: Wanted) -> Sequence[Any]:
    """Everybody of a list whom this viewer may take out, by code. Whom an emergency opened is not among them.
    Nothing sealed is opened yet: who consented is asked first."""
    where = [*_filters(viewer, wanted), lastingly_visible(viewer)]
    if wanted.show != "all":
        where.append(is_closed() if wanted.show == "closed" else not_(is_closed()))
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
    "walks": ListFilter(Both("Who accompanies them", "Quién acompaña"), _team, _assigned_to),
    "place": ListFilter(
        Both("Where they are now", "Dónde está ahora"), lambda lang: vocabulary("place_now").choices(lang), _place_now
    ),
}
