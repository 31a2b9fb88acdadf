"""Correct an entry or its note, cancel it with a reason, restore one that was cancelled; its people stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.event.actions import take_back_outcome
from mexile.cases.event.models import Event, OutcomeSheet
from mexile.cases.event.queries import outcome_of_mine
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.services.quick_log.queries import households_of, recipients_of
from mexile.services.service.actions import act_of_entry, close_date_of
from mexile.services.service.models import Service, ServiceVoid
from mexile.services.service.queries import already_logged, service_seen
from mexile.services.service.rules import Act, facts_of, problems_of
from mexile.services.service_type.queries import kind

STALE = Problem(
    "version",
    "Somebody else changed this entry while you were typing. What you typed is still here.",
    "Otra persona cambió este registro mientras usted escribía. Lo que escribió sigue aquí.",
)


def correct_service(*, viewer: Viewer, code: str, version: int, apply: Callable[[Act], Act], today: date) -> Service:
    """Change an entry into what `apply` makes of it; what that leaves empty and is needed stays as it was.

    Moved to the day of an open date of its kind, it closes that date, and the one that it closed on its old day is
    open again. Raises Conflict when it was changed or cancelled since `version` was shown, Invalid for what a new
    entry would be refused for, or asked about."""
    service = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)))
    if service is None:
        raise NotHere(code)
    if service.version != version or db.session.get(ServiceVoid, service.id) is not None:
        raise Conflict(STALE)
    people = recipients_of(viewer, service.id)
    act = apply(act_of_entry(service, [person.code for person in people]))
    service_kind, ids = kind(service.type_code), [person.id for person in people]
    already = already_logged(viewer, ids, service.type_code, act.on, service.id)
    if problems := problems_of(act, service_kind, people, today, already):
        raise Invalid(problems)
    if act.on != service.on:
        if service_kind is not None and service_kind.counts == "household":
            act = replace(act, quantity=households_of(ids, act.on))
        if service.event_id is None or open_date_again(viewer, service):
            act = replace(act, **{"event_id": None} | close_date_of(viewer, act))
    changed = sorted(name for name, value in facts_of(act).items() if _is_new(service, name, value))
    for name in changed:
        setattr(service, name, getattr(act, name))
    db.session.flush()
    if changed:
        trail.record("service.correct", service.code, fields=changed)
    return service


def _is_new(service: Service, name: str, value: object) -> bool:
    if value is None and not Service.__table__.c[name].nullable:
        return False
    return bool(getattr(service, name) != value)


def change_note(*, viewer: Viewer, code: str, version: int, key_id: bytes, text: str | None) -> Service:
    """Write the note anew, or take it away. `key_id` seals it where the entry has no key yet: see `key_of_note`.
    Raises Conflict when the entry was changed or cancelled since `version` was shown."""
    service = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)))
    if service is None:
        raise NotHere(code)
    if service.version != version or db.session.get(ServiceVoid, service.id) is not None:
        raise Conflict(STALE)
    if service.key_id is None:
        service.key_id = key_id
    service.note = text
    db.session.flush()
    trail.record("service.note", service.code, is_empty=service.note_enc is None)
    return service


UNDO = "undo"

ALREADY = Problem(
    "reason",
    "This entry was cancelled already.",
    "Este registro ya fue anulado.",
)
REASON = Problem("reason", "Say why, in a few words.", "Diga por qué, en pocas palabras.")


def cancel_service(*, viewer: Viewer, code: str, reason: str) -> Service:
    """Cancel an entry: it stays readable and counts nowhere. A date that the viewer closed with it today is open again."""
    if len(reason.strip()) < 3:
        raise Invalid(REASON)
    service = changeable(viewer, code)
    void(viewer, service, reason.strip())
    open_date_again(viewer, service)
    return service


STANDS = Problem("again", "This entry is not cancelled.", "Este registro no está anulado.")


def restore_service(*, viewer: Viewer, code: str, today: date, again: bool = False) -> Service:
    """Take back that an entry was cancelled: it counts again, and closes the open date that it is the encounter of.
    Raises Invalid for what a new entry of that day would be refused for, or asked about."""
    service = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)).with_for_update())
    if service is None:
        raise NotHere(code)
    cancelled = db.session.get(ServiceVoid, service.id)
    if cancelled is None:
        raise Conflict(STANDS)
    people = recipients_of(viewer, service.id)
    entry = act_of_entry(service, [person.code for person in people])
    act = replace(entry, again=again, before_intake=True)
    already = already_logged(viewer, [person.id for person in people], service.type_code, service.on, service.id)
    if problems := problems_of(act, kind(service.type_code), people, today, already):
        raise Invalid(problems)
    db.session.delete(cancelled)
    service.event_id = close_date_of(viewer, act).get("event_id", service.event_id)
    db.session.flush()
    trail.record("service.restore", service.code)
    return service


def open_date_again(viewer: Viewer, service: Service) -> bool:
    """Open the date that this entry closed, where the viewer closed it today and said no more of it than "done"."""
    code = db.session.scalar(select(Event.code).where(Event.id == service.event_id))
    closed = outcome_of_mine(viewer, code) if code else None
    if closed is None or closed.EventOutcome.outcome != "done" or closed.EventOutcome.next_event_id is not None:
        return False
    if db.session.scalar(select(OutcomeSheet.outcome_id).where(OutcomeSheet.outcome_id == closed.EventOutcome.id)):
        return False
    take_back_outcome(viewer=viewer, code=closed.Event.code)
    return True


def undo_services_of_event(*, viewer: Viewer, event_id: int) -> int:
    """Take back what was logged from an event whose outcome is taken back."""
    services = db.session.scalars(
        select(Service).where(Service.event_id == event_id, Service.by_user_id == viewer.user_id, Service.stands())
    ).all()
    for service in services:
        void(viewer, service, UNDO)
    return len(services)


def changeable(viewer: Viewer, code: str) -> Service:
    """The entry, which stands and which the viewer may change."""
    service = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)).with_for_update())
    if service is None:
        raise NotHere(code)
    if db.session.get(ServiceVoid, service.id):
        raise Conflict(ALREADY)
    return service


def void(viewer: Viewer, service: Service, reason: str) -> None:
    """Cancel an entry that stands."""
    db.session.add(ServiceVoid(service_id=service.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason))
    db.session.flush()
    trail.record("service.void", service.code, undo=reason == UNDO)
