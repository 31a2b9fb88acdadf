"""Who accompanies at a date: asked, confirmed, no longer; and what they are told of where to meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from mexile.access.account.queries import reader
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.companion.models import EventNote
from mexile.cases.event.actions import keep_leaving, open_event, tell_change
from mexile.cases.event.models import Event, EventCompanion
from mexile.cases.event.queries import has_outcome
from mexile.cases.event.rights import changeable, event_seen
from mexile.cases.event.rules import asked_letter
from mexile.config import config
from mexile.ground import clock, keyring, mail, seal, trail
from mexile.ground.db import db
from mexile.members.person.models import Member

name_act("event.companion", "Changed who walks along", "Cambió quién acompaña")
name_act("event.asked", "Told somebody that they are asked to walk along", "Avisó a alguien que se le pide acompañar")


LETTER = "cases.asked"


def ask_companion(*, viewer: Viewer, code: str, user_id: int, role: str) -> None:
    """Somebody is asked to accompany; who puts herself down has said yes."""
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
    """Whoever is asked to accompany is told by mail that a question waits in mexile."""
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
    return open_event(viewer, code, event_seen if user_id == viewer.user_id else changeable)


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


def key_of_event_note(member_ids: Sequence[int]) -> bytes:
    """The key of the one person of a date, or a new one. Outside any write transaction, since a new key is
    committed to the keyring first."""
    keys = db.session.scalars(select(Member.key_id).where(Member.id.in_(member_ids))).all()
    return keys[0] if len(keys) == 1 else keyring.new_key()


def write_event_note(*, event: Event, key_id: bytes | None, meeting_point: str, note: str) -> None:
    """What stands there now; without a key, and with nothing written before, there is nothing to write."""
    held = db.session.scalar(select(EventNote).where(EventNote.event_id == event.id))
    if held is None:
        if key_id is None:
            return
        held = EventNote(event_id=event.id, key_id=key_id)
        db.session.add(held)
    given = {"meeting_point": meeting_point or None, "note": note or None}
    if not any(seal.differs(held, name, value) for name, value in given.items()):
        return
    held.meeting_point, held.note = given["meeting_point"], given["note"]
    db.session.flush()
    trail.record("event.change", event.code, fields=["note"])
