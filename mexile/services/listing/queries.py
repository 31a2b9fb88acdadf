"""Services as pages show them: the list, one service, those of a member, mine of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event
from mexile.ground.db import Moment, db
from mexile.members.assignment.rights import rights_of, rights_values, rows_of_member, visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from mexile.services.service.queries import service_seen
from mexile.services.service.rules import Facts, facts_of
from mexile.services.service_type.models import ServiceType

PAGE = 50
NAMED = 5
"""The people of an act whom a list names; the rest it counts, and doesn't open."""


@dataclass(frozen=True)
class ShownRecipient:
    """A member of a service, as this viewer may read them."""

    code: str
    name: ShownName


@dataclass(frozen=True, kw_only=True)
class ServiceLine(Facts):
    """One act with its people, as far as the viewer may know of them; `hidden` counts the rest."""

    id: int
    code: str
    type_code: str
    type_en: str
    type_es: str
    unit: str
    minutes: int
    quantity: int
    by_user_id: int
    by_name: str
    logged_at: datetime
    event_code: str | None
    void_reason: str | None
    version: int
    people: Sequence[ShownRecipient] = field(default=())
    hidden: int = 0

    def type_name(self, lang: str) -> str:
        return self.type_es if lang == "es" else self.type_en

    @property
    def is_void(self) -> bool:
        return self.void_reason is not None


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for. `after` is the code of the last service of the page before."""

    from_on: date | None = None
    to_on: date | None = None
    type_code: str | None = None
    person: str | None = None
    mine: bool = False
    after: str | None = None


@dataclass(frozen=True)
class ServicesPage:
    """The lines of one page and the code after which the next one goes on, if there is one."""

    lines: Sequence[ServiceLine]
    next_after: str | None


_line = (
    select(
        Service.id,
        Service.code,
        Service.type_code,
        ServiceType.en.label("type_en"),
        ServiceType.es.label("type_es"),
        Service.unit,
        *facts_of(Service).values(),
        Service.by_user_id,
        UserAccount.name.label("by_name"),
        Service.logged_at,
        Event.code.label("event_code"),
        ServiceVoid.reason.label("void_reason"),
        Service.version,
    )
    .join(ServiceType, ServiceType.code == Service.type_code)
    .join(UserAccount, UserAccount.id == Service.by_user_id)
    .outerjoin(Event, Event.id == Service.event_id)
    .outerjoin(ServiceVoid, ServiceVoid.service_id == Service.id)
)
_newest_first = (Service.on.desc(), Service.id.desc())


def services_page(viewer: Viewer, wanted: Wanted) -> ServicesPage:
    """One page of the services this viewer may know of, newest first. Two queries, and
    one more where a page before is given."""
    where = [service_seen(viewer), *_filters(viewer, wanted)]
    if wanted.after:
        where.append(_behind(viewer, wanted.after))
    rows = db.session.execute(_line.where(*where).order_by(*_newest_first).limit(PAGE + 1)).all()
    lines = _with_people(viewer, rows[:PAGE], NAMED)
    return ServicesPage(lines, lines[-1].code if len(rows) > PAGE else None)


def service_line(viewer: Viewer, code: str) -> ServiceLine | None:
    """One service by its code, within the viewer's rights."""
    rows = db.session.execute(_line.where(Service.code == code, service_seen(viewer))).all()
    return _with_people(viewer, rows)[0] if rows else None


def service_note(viewer: Viewer, code: str) -> str | None:
    """The sealed note of a service, for those who may know of it; opening it is noted."""
    service = noted_service(viewer, code)
    return service.note if service else None


def noted_service(viewer: Viewer, code: str) -> Service | None:
    """The row that keeps the note, for those who may know of it."""
    return db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)))


def services_of_member(viewer: Viewer, member_id: int, most: int = 12) -> Sequence[ServiceLine]:
    """The last services of a member whom the viewer may know of, without the cancelled."""
    asked = rights_values(viewer, member_id=member_id, most=most)
    rows = db.session.connection().execute(_of_member(rights_of(viewer)), asked)
    return [ServiceLine(**row._mapping) for row in rows]


@cache
def _of_member(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    of_member = select(ServicePerson.service_id).where(rows_of_member(ServicePerson.member_id, rights))
    return (
        _line.where(Service.id.in_(of_member), ServiceVoid.service_id.is_(None))
        .order_by(*_newest_first)
        .limit(bindparam("most"))
    )


def logged_since(viewer: Viewer, moment: datetime, most: int = 12) -> Sequence[ServiceLine]:
    """What I logged since `moment`, newest first, the cancelled with it. Two queries."""
    asked = rights_values(viewer, since=moment, most=most)
    return _with_people(viewer, db.session.connection().execute(_logged_since(rights_of(viewer)), asked).all())


@cache
def _logged_since(rights: str) -> Any:
    """Made once for each kind of rights: every Today asks."""
    mine = and_(Service.by_user_id == bindparam("user_id"), Service.logged_at >= bindparam("since", type_=Moment()))
    newest = (Service.logged_at.desc(), Service.id.desc())
    return _line.where(mine, service_seen(rights)).order_by(*newest).limit(bindparam("most"))


def _filters(viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.from_on:
        conditions.append(Service.on >= wanted.from_on)
    if wanted.to_on:
        conditions.append(Service.on <= wanted.to_on)
    if wanted.type_code:
        conditions.append(Service.type_code == wanted.type_code)
    if wanted.mine:
        conditions.append(Service.by_user_id == viewer.user_id)
    if wanted.person:
        conditions.append(
            Service.id.in_(
                select(ServicePerson.service_id)
                .join(Member, Member.id == ServicePerson.member_id)
                .where(Member.code == wanted.person, visible(viewer))
            )
        )
    return conditions


def _behind(viewer: Viewer, code: str) -> ColumnElement[bool]:
    """The WHERE for what stands behind the service `code` in the list."""
    last = db.session.execute(
        select(Service.on, Service.id).where(Service.code == code, service_seen(viewer))
    ).one_or_none()
    if last is None:
        return Service.id > 0
    return or_(Service.on < last.on, and_(Service.on == last.on, Service.id < last.id))


def _with_people(viewer: Viewer, rows: Sequence[Any], most: int = 1000) -> list[ServiceLine]:
    """The lines of these rows with up to `most` people each; the others are counted."""
    people: dict[int, list[ShownRecipient]] = defaultdict(list)
    hidden: dict[int, int] = defaultdict(int)
    if rows:
        asked = rights_values(viewer, ids=[row.id for row in rows])
        recipients = db.session.connection().execute(_people_of(rights_of(viewer)), asked)
        names: dict[int, ShownName] = {}
        for person in recipients:
            if not person.is_visible or len(people[person.service_id]) == most:
                hidden[person.service_id] += 1
                continue
            if person.id not in names:
                names[person.id] = name_of(person, viewer)
            people[person.service_id].append(ShownRecipient(person.code, names[person.id]))
    return [ServiceLine(**row._mapping, people=people.get(row.id, ()), hidden=hidden.get(row.id, 0)) for row in rows]


@cache
def _people_of(rights: str) -> Any:
    """Whom some services were for, and who of them may be known. Made once for each kind of rights."""
    return (
        select(ServicePerson.service_id, Member.id, Member.code, visible(rights).label("is_visible"), *NAME_COLUMNS)
        .join(Member, Member.id == ServicePerson.member_id)
        .where(ServicePerson.service_id.in_(bindparam("ids", expanding=True)))
        .order_by(Member.id)
    )
