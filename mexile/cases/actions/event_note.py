"""Write for those who walk along where they meet the person, and what they should know."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from mexile.cases.models.event import Event
from mexile.cases.models.event_note import EventNote
from mexile.ground import keyring, seal, trail
from mexile.ground.db import db
from mexile.members.models.member import Member


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
