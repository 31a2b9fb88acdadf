"""Who walks along at a date: asked, confirmed, no longer."""

from __future__ import annotations

from mexile.access.viewer import Viewer
from mexile.cases.actions.events import open_event
from mexile.cases.models.event import EventCompanion
from mexile.ground import clock, trail
from mexile.ground.db import db


def ask_companion(*, viewer: Viewer, code: str, user_id: int, role: str) -> None:
    """Somebody is asked to walk along; who puts herself down has said yes."""
    event = open_event(viewer, code)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held is None:
        held = EventCompanion(event_id=event.id, user_id=user_id)
        db.session.add(held)
    held.role = role
    if user_id == viewer.user_id:
        held.confirmed_at = clock.now()
    db.session.flush()
    trail.record("event.companion", code, role=role)


def confirm_companion(*, viewer: Viewer, code: str, user_id: int) -> None:
    """They said yes, to us or themselves."""
    event = open_event(viewer, code)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held and held.confirmed_at is None:
        held.confirmed_at = clock.now()
        db.session.flush()
        trail.record("event.companion", code, answer="yes")


def release_companion(*, viewer: Viewer, code: str, user_id: int) -> None:
    """They can't come."""
    event = open_event(viewer, code)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held:
        db.session.delete(held)
        db.session.flush()
        trail.record("event.companion", code, answer="no")
