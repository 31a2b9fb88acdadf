"""Correct an entry: its day, time, quantity, money and place; its people and note stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mexile.access.viewer import Viewer
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.services.models.service import Service, ServicePerson, ServiceVoid
from mexile.services.queries.seen import seen
from mexile.services.rules.act import MONEY
from mexile.services.rules.counting import quantity as counted

STALE = Problem(
    "version",
    "Somebody else changed this entry while you were typing. What you typed is still here.",
    "Otra persona cambió este registro mientras usted escribía. Lo que escribió sigue aquí.",
)


@dataclass(frozen=True)
class Correction:
    """The new values; `version` is the one the person was looking at."""

    version: int
    on: date
    minutes: int
    quantity: int | None
    amount_cents: int | None
    place: str
    mode: str


def correct_service(*, viewer: Viewer, code: str, new: Correction, today: date) -> Service:
    """Change an entry. Raises Conflict when it was changed or cancelled meanwhile."""
    service = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)))
    if service is None:
        raise NotHere(code)
    if service.version != new.version or db.session.get(ServiceVoid, service.id):
        raise Conflict(STALE)
    if new.on > today:
        raise Invalid(Problem("on", "This day has not come yet.", "Este día todavía no llega."))
    if service.unit == "usd" and new.amount_cents is None:
        raise Invalid(MONEY)
    people = db.session.scalar(select(func.count()).where(ServicePerson.service_id == service.id))
    values = {
        "on": new.on,
        "minutes": new.minutes,
        "quantity": counted(service.unit, new.quantity, (people or 0) + service.others),
        "amount_cents": new.amount_cents,
        "place": new.place,
        "mode": new.mode,
    }
    changed = sorted(name for name, value in values.items() if getattr(service, name) != value)
    for name in changed:
        setattr(service, name, values[name])
    db.session.flush()
    if changed:
        trail.record("service.correct", service.code, fields=changed)
    return service
