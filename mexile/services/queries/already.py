"""Whether somebody has a service of this kind on this day: one encounter counts once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from mexile.access.models.account import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.visible import visible
from mexile.services.models.service import Service, ServicePerson, ServiceVoid
from mexile.services.rules.act import Already


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
            Service.id.not_in(select(ServiceVoid.service_id)),
        )
        .order_by(Member.id, Service.id)
    )
    newest = {
        row.id: Already(row.id, row.code if row.seen else "", row.service if row.seen else "", row.name) for row in rows
    }
    return list(newest.values())
