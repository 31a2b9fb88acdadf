"""Correct an entry: its day, time, quantity, money and place; its people and note stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.services.actions.log import close_date_of
from mexile.services.actions.void import open_date_again
from mexile.services.models.service import Service, ServiceVoid
from mexile.services.queries.already import already_logged
from mexile.services.queries.people import households_of, recipients_of
from mexile.services.queries.seen import seen
from mexile.services.queries.types import kind
from mexile.services.rules.act import Act, Kind, problems_of
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
    before_intake: bool = False
    again: bool = False


def correct_service(*, viewer: Viewer, code: str, new: Correction, today: date) -> Service:
    """Change an entry; moved to the day of an open date of its kind, it closes that date, and the one that it closed
    on its old day is open again. Raises Conflict when it was changed or cancelled meanwhile, Invalid for what a new entry would be refused for, or asked about."""
    service = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)))
    if service is None:
        raise NotHere(code)
    if service.version != new.version or db.session.get(ServiceVoid, service.id) is not None:
        raise Conflict(STALE)
    of = kind(service.type_code)
    act = _act(viewer, service, new, of)
    if problems := _problems(viewer, service, act, of, today):
        raise Invalid(problems)
    values = {
        "on": new.on,
        "minutes": new.minutes,
        "quantity": _quantity(viewer, service, new, of),
        "amount_cents": new.amount_cents,
        "place": new.place,
        "mode": new.mode,
    }
    if new.on != service.on and (service.event_id is None or open_date_again(viewer, service)):
        values |= {"event_id": None} | close_date_of(viewer, act)
    changed = sorted(name for name, value in values.items() if getattr(service, name) != value)
    for name in changed:
        setattr(service, name, values[name])
    db.session.flush()
    if changed:
        trail.record("service.correct", service.code, fields=changed)
    return service


def _quantity(viewer: Viewer, service: Service, new: Correction, of: Kind | None) -> int:
    """What was written, or said now; on another day the households are those of that day."""
    if of is not None and of.counts == "household" and new.on != service.on:
        return counted(of.counts, None, 0, households_of([one.id for one in recipients_of(viewer, service.id)], new.on))
    if of is not None and of.counts == "given" and new.quantity is not None:
        return new.quantity
    return service.quantity


def _act(viewer: Viewer, service: Service, new: Correction, of: Kind | None) -> Act:
    """The entry as it is to be, for the checks of a new one."""
    return Act(
        people=[one.code for one in recipients_of(viewer, service.id)],
        type_code=service.type_code,
        on=new.on,
        minutes=new.minutes,
        quantity=new.quantity if of and of.counts == "given" else None,
        amount_cents=new.amount_cents,
        mode=new.mode,
        others=service.others,
        before_intake=new.before_intake,
        again=new.again,
    )


def _problems(viewer: Viewer, service: Service, act: Act, of: Kind | None, today: date) -> list[Problem]:
    """The checks of a new entry, with the people and the amount of this one."""
    people = recipients_of(viewer, service.id)
    moved = act.on != service.on
    already = already_logged(viewer, [one.id for one in people], service.type_code, act.on, service.id) if moved else []
    return problems_of(act, of, people, today, already)
