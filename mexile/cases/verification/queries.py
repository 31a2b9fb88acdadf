"""The dates of offices that nobody has made sure of lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from mexile.access.viewer import Viewer
from mexile.cases.event.models import OFFICIAL, Event
from mexile.cases.event.queries import EventLine, is_open, lines_of
from mexile.cases.event.rights import changeable
from mexile.cases.event.rules import is_stale
from mexile.ground import clock
from mexile.ground.db import db

AHEAD = timedelta(days=60)
"""How far ahead dates are verified; those of later months change again before it matters."""


@dataclass(frozen=True)
class ToVerify:
    """The date to look at now, and how many wait, itself counted."""

    line: EventLine | None
    version: int
    waiting: int


def stale_events(viewer: Viewer, today: date) -> list[tuple[int, int]]:
    """(id, version) of the dates to verify: the nearest day first, those without a day last. One query."""
    now = clock.now()
    rows = db.session.execute(
        select(Event.id, Event.version, Event.verified_at, Event.stale_days)
        .where(
            Event.kind.in_(OFFICIAL),
            is_open(),
            changeable(viewer),
            or_(Event.on.is_(None), Event.on.between(today, today + AHEAD)),
        )
        .order_by(Event.on.nulls_last(), Event.at.nulls_last(), Event.id)
        .limit(1000)
    )
    return [(row.id, row.version) for row in rows if is_stale(row.verified_at, row.stale_days, now)]


def to_verify(viewer: Viewer, today: date, skipped: set[str] | None = None) -> ToVerify:
    """The first date that waits and wasn't put off."""
    waiting = stale_events(viewer, today)
    passed = set(db.session.scalars(select(Event.id).where(Event.code.in_(skipped)))) if skipped else set()
    first = next(((id, version) for id, version in waiting if id not in passed), None)
    if first is None:
        return ToVerify(None, 0, len(waiting))
    line = lines_of(viewer, Event.id == first[0], most=1)[0]
    return ToVerify(line, first[1], len(waiting))
