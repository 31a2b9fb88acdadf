"""Change the note of an entry. Its numbers are corrected elsewhere; see `correct.py`."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere
from mexile.services.actions.correct import STALE
from mexile.services.models.service import Service, ServiceVoid
from mexile.services.queries.seen import seen


def change_note(*, viewer: Viewer, code: str, version: int, key_id: bytes, text: str | None) -> Service:
    """Write the note anew, or take it away. `key_id` seals it where the entry has no key yet: see `key_of_note`.
    Raises Conflict when the entry was changed or cancelled since `version` was shown."""
    service = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)))
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
