"""Cancel an entry, with a reason."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
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
    """Cancel an entry: it stays readable and counts nowhere."""
    if len(reason.strip()) < 3:
        raise Invalid(REASON)
    service = changeable(viewer, code)
    void(viewer, service, reason.strip())
    return service


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
