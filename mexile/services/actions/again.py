"""Log the same act again, today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.members.models.member import Member
from mexile.members.queries.visible import visible
from mexile.services.actions.log import Logged, log_service
from mexile.services.models.service import Service, ServicePerson
from mexile.services.queries.seen import seen
from mexile.services.queries.types import kind
from mexile.services.rules.act import WHO, Act


def log_again(*, viewer: Viewer, code: str, today: date, again: bool = False) -> Logged:
    """The same act for the same people on the day `today`: what repeats is logged in two
    taps. People outside the viewer's rights are left out; with nobody left it refuses, and it asks
    where they have it today already, unless `again` says so."""
    before = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)))
    if before is None:
        raise NotHere(code)
    people = db.session.scalars(
        select(Member.code)
        .join(ServicePerson, ServicePerson.member_id == Member.id)
        .where(ServicePerson.service_id == before.id, visible(viewer))
        .order_by(Member.id)
    ).all()
    if not people and not before.others:
        raise Invalid(WHO)
    of = kind(before.type_code)
    return log_service(
        viewer=viewer,
        act=Act(
            people=people,
            type_code=before.type_code,
            on=today,
            minutes=before.minutes,
            quantity=before.quantity if of and of.counts == "given" else None,
            amount_cents=before.amount_cents,
            place=before.place,
            mode=before.mode,
            others=before.others,
            again=again,
        ),
        today=today,
    )
