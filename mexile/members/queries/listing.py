"""The list of members, 50 a page, by surname or by last service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, not_, or_, select, true

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.closed import is_closed
from mexile.members.queries.last_service import last_service_on
from mexile.members.queries.names import NAME_COLUMNS, held_names, name_of
from mexile.members.queries.visible import assigned_ids, visible

PAGE = 50
SORTS = ("surname", "last_service")
SHOWS = ("open", "closed", "all")


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
    after: str | None = None

    @property
    def is_filtered(self) -> bool:
        return self.mine or bool(self.profile or self.language or self.origin_state)


class Line(NamedTuple):
    """One member in the list, in codes; the page makes words of them."""

    code: str
    name: str
    profile: str | None
    language: str | None
    origin_state: str | None
    last_service_on: date | None


@dataclass(frozen=True)
class MembersPage:
    """The lines of one page and the code after which the next one goes on, if there is one."""

    lines: Sequence[Line]
    next_after: str | None


def members_page(viewer: Viewer, wanted: Wanted) -> MembersPage:
    """One page of the members this viewer may know of."""
    rows = _by_last_service(viewer, wanted) if wanted.sort == "last_service" else _by_surname(viewer, wanted)
    lines = [
        Line(
            row.code,
            name_of(row, viewer).listed,
            row.profile,
            row.language,
            row.origin_state,
            row.last_service_on,
        )
        for row in rows[:PAGE]
    ]
    return MembersPage(lines, lines[-1].code if len(rows) > PAGE else None)


def _filters(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [visible(viewer)]
    if wanted.mine:
        found.append(Member.id.in_(assigned_ids(viewer.user_id)))
    for column, value in (
        (Member.profile, wanted.profile),
        (Member.language, wanted.language),
        (Member.origin_state, wanted.origin_state),
    ):
        if value:
            found.append(column == value)
    return found


@cache
def _line() -> Select[Any]:
    """Built once, at the first list: by then every house has registered what it knows."""
    return select(
        Member.id,
        Member.code,
        Member.profile,
        Member.language,
        Member.origin_state,
        last_service_on().label("last_service_on"),
        *NAME_COLUMNS,
    )


def _by_surname(viewer: Viewer, wanted: Wanted) -> list[Any]:
    """Rows in the order that the names in memory have; the database says who may be among them."""
    allowed: set[int] | None = None
    if wanted.is_filtered or not viewer.sees_all_members:
        allowed = set(db.session.scalars(select(Member.id).where(*_filters(viewer, wanted))))
    closed = {"open": False, "closed": True}.get(wanted.show)
    held = held_names()
    with held.lock:
        index = held.refresh()
        ids = index.after(wanted.after, allowed=allowed, closed=closed, limit=PAGE + 1)
    place = {id: at for at, id in enumerate(ids)}
    rows = db.session.execute(_line().where(Member.id.in_(ids), visible(viewer))).all()
    return sorted(rows, key=lambda row: place[row.id])


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
        select(Member.id, last_service_on().label("on")).where(Member.code == code, visible(viewer))
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
