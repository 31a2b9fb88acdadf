"""Somebody whom we may know already: what the trail keeps of the warning."""

from __future__ import annotations

from mexile.ground import trail
from mexile.ground.db import writing
from mexile.members.queries.duplicates import LookAlikes


def note_hidden(alike: LookAlikes) -> None:
    """Somebody learned that a person is known to us: that much belongs in the trail."""
    if alike.hidden:
        with writing():
            trail.record("member.known_elsewhere", alike.hidden)
