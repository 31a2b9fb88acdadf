"""A note of a service, sealed before the write begins."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from mexile.access.viewer import Viewer
from mexile.ground import keyring, seal
from mexile.services.queries.people import recipients
from mexile.services.rules.act import Note


def seal_note(viewer: Viewer, codes: Sequence[str], text: str | None) -> Note | None:
    """Seal `text` under the key of the one person it is about, or under a key of its own
    when there are several. Outside any write transaction, since a new key is committed
    to the keyring first."""
    if not text:
        return None
    rid, key_id = secrets.token_bytes(16), key_of_note(viewer, codes)
    return Note(rid, key_id, seal.seal("service", "note_enc", rid, key_id, text))


def key_of_note(viewer: Viewer, codes: Sequence[str]) -> bytes:
    """The key of the one person a note is about, or one of its own. Outside any write transaction."""
    people = recipients(viewer, codes)
    return people[0].key_id if len(people) == 1 else keyring.new_key()
