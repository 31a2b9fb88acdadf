"""Cancel an entry, with a reason."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.actions.events import take_back_outcome
from mexile.cases.models.event import Event
from mexile.cases.models.outcome_sheet import OutcomeSheet
from mexile.cases.queries.events import outcome_of_mine
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.services.models.service import Service, ServiceVoid
from mexile.services.queries.seen import seen

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
        select(Service).where(
            Service.event_id == event_id,
            Service.by_user_id == viewer.user_id,
            Service.id.not_in(select(ServiceVoid.service_id)),
        )
    ).all()
    for service in services:
        void(viewer, service, UNDO)
    return len(services)


def changeable(viewer: Viewer, code: str) -> Service:
    """The entry, which stands and which the viewer may change."""
    service = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)).with_for_update())
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
