"""The trail of a search as you type: what was shown is noted, but not at every key."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from flask import g

MINUTE = 60.0
_MOST_SESSIONS = 500

_noted: dict[int, tuple[float, set[bytes]]] = {}
_lock = Lock()


def once_a_minute() -> None:
    """Leave out of this request's reads the people whom this session's search noted within the minute.

    Whoever is shown for the first time in it is noted by this request, as on every page.
    """
    reads = g.reads
    session, now = g.viewer.session_id, monotonic()
    with _lock:
        since, noted = _noted.get(session, (now, set()))
        if now - since >= MINUTE:
            since, noted = now, set()
        fresh = {rid: None for rid in reads.rids if rid not in noted}
        _noted[session] = (since, noted | set(fresh))
        while len(_noted) > _MOST_SESSIONS:
            _noted.pop(next(iter(_noted)))
    reads.rids = fresh
