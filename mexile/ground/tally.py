"""What may be tried without end is counted here, and only told now and then: the first time in a window,
then the tenth, the hundredth... So nobody fills the trail by asking again and again, and each burst
stands in it with its size. Counted in the memory of this process: counting itself writes nothing.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from mexile.ground import clock
from mexile.ground.db import db

_counts: WeakKeyDictionary[Engine, dict[tuple[str, int], tuple[int, int]]] = WeakKeyDictionary()
_lock = Lock()
MOST_KINDS = 10_000


def tell(kind: str, seconds: int, each: int = 1) -> int:
    """Count one of `kind` in the running window of so many seconds. Returns how often it was, when that is to be told
    (up to `each`, then at each power of ten), and otherwise 0."""
    window = int(clock.now().timestamp()) // seconds
    with _lock:
        counts = _counts.setdefault(db.engine, {})
        if len(counts) > MOST_KINDS:
            counts.clear()
        last, count = counts.get((kind, seconds), (window, 0))
        count = count + 1 if last == window else 1
        counts[kind, seconds] = window, count
    return count if count <= each or str(count).strip("0") == "1" else 0
