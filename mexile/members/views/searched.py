"""The trail of a search as you type: what was shown is noted, but not at every key."""

from __future__ import annotations

from flask import g


def once_a_minute() -> None:
    """What this request shows goes into the one row of the trail that its reader's searches have
    each minute; see `access.actions.searched`."""
    g.is_search = True
