"""The dates of the next two weeks for which somebody goes along: those that lack somebody first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import exists, or_

from mexile.access.viewer import Viewer
from mexile.cases.companion.models import EventNeed
from mexile.cases.companion.queries import Need, needs_of
from mexile.cases.event.models import Event, EventCompanion
from mexile.cases.event.queries import EventLine, is_open, lines_of
from mexile.cases.event.rights import changeable

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class RosterLine:
    """A date, what it needs, and what is missing."""

    line: EventLine
    needs: Sequence[Need]

    @property
    def open_needs(self) -> list[Need]:
        return [need for need in self.needs if need.is_open]

    @property
    def unconfirmed(self) -> list[str]:
        return [one.name for one in self.line.companions if not one.is_confirmed]

    @property
    def is_alone(self) -> bool:
        """Nobody is needed in numbers, and nobody goes."""
        return not self.needs and not self.line.is_accompanied

    @property
    def has_gap(self) -> bool:
        return bool(self.open_needs or self.unconfirmed) or self.is_alone


def roster(viewer: Viewer, today: date) -> list[RosterLine]:
    """What the viewer may change of it, gaps first, the soonest before the rest. Four queries."""
    here = (exists().where(EventNeed.event_id == Event.id), exists().where(EventCompanion.event_id == Event.id))
    where = (
        changeable(viewer)
        & is_open()
        & Event.on.between(today, today + AHEAD)
        & Event.precision.in_(("exact", "day"))
        & or_(*here, Event.owner_user_id.is_(None))
    )
    lines = lines_of(viewer, where)
    needs = needs_of(lines)
    rows = [RosterLine(line, needs[line.id]) for line in lines]
    return sorted(rows, key=lambda row: (not row.has_gap, row.line.on, row.line.at or time.max))
