"""Quarantine: files and keys that no row of the database speaks of are kept for 35 days before they go.

They may be newer than the database: last week's copy was put back, and the newest copy comes tomorrow. So
they stay where they are and open as before; only since when nobody speaks of them is kept, beside the
keyring. When a row speaks of one again it is used as if nothing had been. While the trail's last line that
was seen is not in the database, nothing is counted and nothing goes.
"""

from __future__ import annotations

from datetime import timedelta

from mexile.ground import belonging, clock, keyring, queue, trail
from mexile.ground.db import db

KEPT = timedelta(days=35)
KEYS = "keys"


def over(kind: str, names: set[str]) -> set[str]:
    """Those of the unused names whose time is over; the others are kept, and it is noted since when."""
    if trail.cut() is not None:
        return set()
    now = int(clock.now().timestamp())
    since = keyring.current().note_unused(kind, names, now)
    return {name for name in names if now - since[name] > KEPT.total_seconds()}


@queue.every(3600)
def sweep_keys() -> int:
    """Destroy the keys that no row has used for 35 days: of forms that were refused, of uploads that ended halfway.
    Returns how many."""
    used, ring = belonging.used_keys(), keyring.current()
    db.session.rollback()
    known_ids = ring.ids()
    if not used or belonging.problems():
        return 0
    gone = {bytes.fromhex(name) for name in over(KEYS, {key.hex() for key in known_ids - used})}
    return ring.sweep(known_ids - gone, older_than=-1) if gone else 0


def waiting() -> dict[str, int]:
    """How many of each kind wait in quarantine now."""
    counts: dict[str, int] = {}
    for name in keyring.current().unused():
        kind = name.partition("/")[0]
        counts[kind] = counts.get(kind, 0) + 1
    return counts
