"""Which services a viewer may know of, whether somebody has one of a kind on a day, and the open date that an act is of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.queries import is_open
from mexile.cases.event.rights import event_seen
from mexile.ground.db import db
from mexile.members.assignment.rights import NONE, Asking, asking_of, visible
from mexile.members.listing.queries import last_service_on
from mexile.members.person.models import Member
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from mexile.services.service.rules import Act, Already
from mexile.services.service_type.rules import kinds_of_type


def service_seen(asker: Viewer | str | Asking) -> ColumnElement[bool]:
    """The WHERE on `Service`: for somebody I may know of now, or for nobody by name and
    logged by me. Rights come from the person at each request, never from the service."""
    asking = asking_of(asker)
    if asking.sees_all:
        return true()
    if asking.rights == NONE:
        return false()
    its_people = ServicePerson.service_id == Service.id
    of_mine = exists().where(its_people, visible(asking, ServicePerson.member_id))
    nameless = not_(exists().where(its_people))
    return or_(of_mine, and_(Service.by_user_id == asking.user_id, nameless))


register_scope("my_services", service_seen)


def _last_service_on(member_id: Any) -> ColumnElement[date]:
    return (
        select(func.max(ServicePerson.on))
        .where(
            ServicePerson.member_id == member_id,
            ServicePerson.service_id.not_in(select(ServiceVoid.service_id)),
        )
        .scalar_subquery()
    )


last_service_on.fill(_last_service_on)


def already_logged(
    viewer: Viewer, ids: Sequence[int], type_code: str, on: date, but: int | None = None, event_id: int | None = None
) -> list[Already]:
    """Those of these members who have a service of this kind on this day, each with the newest; `but` is the
    entry that is being corrected, `event_id` the date whose own entry is written anew. One query."""
    if not ids:
        return []
    rows = db.session.execute(
        select(Member.id, Member.code, Service.code.label("service"), UserAccount.name, visible(viewer).label("seen"))
        .join(ServicePerson, ServicePerson.member_id == Member.id)
        .join(Service, Service.id == ServicePerson.service_id)
        .join(UserAccount, UserAccount.id == Service.by_user_id)
        .where(
            ServicePerson.member_id.in_(ids),
            ServicePerson.on == on,
            ServicePerson.type_code == type_code,
            Service.id != (but or 0),
            or_(Service.event_id.is_(None), Service.event_id != (event_id or 0)),
            Service.stands(),
        )
        .order_by(Member.id, Service.id)
    )
    newest = {
        row.id: Already(row.id, row.code if row.seen else "", row.service if row.seen else "", row.name) for row in rows
    }
    return list(newest.values())


def open_date_of(viewer: Viewer, act: Act) -> str | None:
    """The code of the open date of the act's kind and day with somebody of its people. Where there are
    several it is none of them: each is closed on its own page."""
    kinds = kinds_of_type(act.type_code or "")
    if not kinds or not act.people:
        return None
    of_people = (
        select(EventPerson.event_id).join(Member, Member.id == EventPerson.member_id).where(Member.code.in_(act.people))
    )
    codes = db.session.scalars(
        select(Event.code)
        .where(Event.on == act.on, Event.kind.in_(kinds), Event.id.in_(of_people), is_open(), event_seen(viewer))
        .limit(2)
    ).all()
    return codes[0] if len(codes) == 1 else None
