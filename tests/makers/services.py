"""Makers of services: kinds, acts, what was cancelled."""

from datetime import date

from sqlalchemy import func, insert, select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from mexile.services.service_type.actions import seed_service_types
from mexile.services.service_type.models import ServiceType


def service_types(make) -> None:
    """All kinds of service, as `mexile init` lays them."""
    seed_service_types()


def service_type(make, code="food") -> ServiceType:
    """One of the kinds of service."""
    seed_service_types()
    return db.session.get_one(ServiceType, code)


def service(make, *, people=None, by=None, type_code="consult", on=date(2026, 3, 2), **values) -> Service:
    """An act for `people` (a new member, unless said), logged by `by`."""
    seed_service_types()
    of = db.session.get(ServiceType, type_code)
    by = by or make.user(role="caseworker")
    people = [make.member(assigned=by)] if people is None else people
    values.setdefault("code", f"S-{(db.session.scalar(select(func.max(Service.id))) or 0) + 1:05d}")
    if of.unit == "usd":
        values.setdefault("amount_cents", 2500)
    made = Service(
        type_code=type_code,
        unit=of.unit,
        on=on,
        minutes=values.pop("minutes", of.minutes),
        quantity=values.pop("quantity", 1),
        place=values.pop("place", of.place),
        mode=values.pop("mode", of.mode),
        others=values.pop("others", 0),
        by_user_id=by.id,
        logged_at=values.pop("logged_at", None) or clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for member in people:
        row = {"service_id": made.id, "member_id": member.id, "on": on, "type_code": type_code}
        db.session.execute(insert(ServicePerson), [row])
    return made


def service_void(make, service, *, by=None, reason="logged twice") -> ServiceVoid:
    """The act was cancelled."""
    by = by or make.user(role="caseworker")
    made = ServiceVoid(service_id=service.id, by_user_id=by.id, at=clock.now(), reason=reason)
    db.session.add(made)
    db.session.flush()
    return made
