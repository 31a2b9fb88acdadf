"""Which services a viewer may know of."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.members.models.member import Member
from mexile.members.queries.last_service import register_last_service
from mexile.members.queries.visible import visible
from mexile.services.models.service import Service, ServicePerson, ServiceVoid


def seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Service`: for somebody I may know of now, or for nobody by name and
    logged by me. Rights come from the person at each request, never from the service."""
    if viewer.sees_all_members:
        return true()
    if not viewer.sees_members:
        return false()
    of_mine = exists().where(
        ServicePerson.service_id == Service.id,
        ServicePerson.member_id == Member.id,
        visible(viewer),
    )
    nameless = not_(exists().where(ServicePerson.service_id == Service.id))
    return or_(of_mine, and_(Service.by_user_id == viewer.user_id, nameless))


def counts() -> ColumnElement[bool]:
    """The WHERE on `Service`: it was not cancelled."""
    return Service.id.not_in(select(ServiceVoid.service_id))


register_scope("my_services", seen)


def _last_service_on(member_id: Any) -> ColumnElement[date]:
    return (
        select(func.max(ServicePerson.on))
        .where(
            ServicePerson.member_id == member_id,
            ServicePerson.service_id.not_in(select(ServiceVoid.service_id)),
        )
        .scalar_subquery()
    )


register_last_service(_last_service_on)
