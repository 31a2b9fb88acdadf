"""Who walks along at a date: asked, confirmed, no longer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mexile.access.queries.people import reader
from mexile.access.viewer import Viewer
from mexile.cases.actions.change_letter import tell_change
from mexile.cases.actions.event_past import keep_leaving
from mexile.cases.actions.events import open_event
from mexile.cases.models.event import Event, EventCompanion
from mexile.cases.queries.events import changeable, has_outcome, seen
from mexile.cases.rules.moments import asked_letter
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.db import db

LETTER = "cases.asked"


def ask_companion(*, viewer: Viewer, code: str, user_id: int, role: str) -> None:
    """Somebody is asked to walk along; who puts herself down has said yes."""
    event = open_event(viewer, code)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held is None:
        held = EventCompanion(event_id=event.id, user_id=user_id)
        db.session.add(held)
        if user_id != viewer.user_id:
            tell_asked(code=code, user_id=user_id)
    held.role = role
    if user_id == viewer.user_id:
        held.confirmed_at = clock.now()
    db.session.flush()
    trail.record("event.companion", code, role=role)


def tell_asked(*, code: str, user_id: int) -> None:
    """Whoever is asked to walk along is told by mail that a question waits in mexile."""
    mail.put(LETTER, f"{code}/{user_id}/{clock.now().isoformat()}", {"code": code, "user": user_id})
    trail.record("event.asked", code, user=user_id)


@mail.renders(LETTER)
def render_asked(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: neither what for, nor with whom, nor where. None once they answered, or it was cancelled."""
    user = reader(body["user"])
    waits = db.session.scalar(
        select(Event.id)
        .join(EventCompanion, EventCompanion.event_id == Event.id)
        .where(
            Event.code == body["code"],
            EventCompanion.user_id == body["user"],
            EventCompanion.confirmed_at.is_(None),
            ~has_outcome(),
        )
    )
    if user is None or waits is None:
        return None
    return mail.Letter(
        user.email, *asked_letter(body["code"], f"{config().base_url}/events/{body['code']}", user.language)
    )


def _answered(viewer: Viewer, code: str, user_id: int) -> Event:
    """The date at which somebody answers for herself, or somebody who may change it tells her answer."""
    return open_event(viewer, code, seen if user_id == viewer.user_id else changeable)


def confirm_companion(*, viewer: Viewer, code: str, user_id: int) -> None:
    """They said yes, to us or themselves."""
    event = _answered(viewer, code, user_id)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held and held.confirmed_at is None:
        held.confirmed_at = clock.now()
        db.session.flush()
        trail.record("event.companion", code, answer="yes")


def release_companion(*, viewer: Viewer, code: str, user_id: int) -> None:
    """They can't come; the one responsible and the others on the date are told by mail."""
    event = _answered(viewer, code, user_id)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held:
        keep_leaving(event, [user_id] if held.confirmed_at else [])
        db.session.delete(held)
        db.session.flush()
        trail.record("event.companion", code, answer="no")
        tell_change(viewer=viewer, event=event)
