"""Undo an entry on the day it was logged, with the date that it closed."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.models.event import Event
from mexile.cases.queries.events import outcome_of_mine
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.services.actions.event import reopen_event
from mexile.services.actions.void import UNDO, changeable, void


def undo_service(*, viewer: Viewer, code: str, zone: str) -> None:
    """Take back what I logged today; no reason is asked. Until the day ends. A date that it closed is open again."""
    service = changeable(viewer, code)
    if service.by_user_id != viewer.user_id or not clock.is_today(service.logged_at, zone):
        raise NotHere(code)
    closed = db.session.scalar(select(Event.code).where(Event.id == service.event_id))
    if closed and outcome_of_mine(viewer, closed):
        reopen_event(viewer=viewer, code=closed)
    else:
        void(viewer, service, UNDO)
