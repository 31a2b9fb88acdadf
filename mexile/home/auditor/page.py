"""The auditor's home: who looked at most this week, who did so at odd hours, what left the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from mexile.access.roles import AUDITOR
from mexile.access.trail.queries import Look, TrailLine, exports_since, looks_since
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization

WEEK = timedelta(days=7)
MOST = 8
DAY = range(6, 22)
"""The hours in which people usually work; the others are odd ones."""


@dataclass(frozen=True)
class Looked:
    """How many records somebody opened."""

    who: str
    code: str
    count: int


@dataclass(frozen=True)
class Auditor:
    """`most` opened the most records, `odd` opened records between ten in the evening and six in the morning, in the
    zone of the organization."""

    most: Sequence[Looked]
    odd: Sequence[Looked]
    exports: Sequence[TrailLine]


def auditor(viewer: Viewer) -> dict[str, Auditor] | None:
    """Three queries, whatever the week held."""
    if not viewer.is_any(AUDITOR):
        return None
    since, zone = clock.now() - WEEK, ZoneInfo(organization.zone())
    looks = looks_since(viewer, since)
    odd = [look for look in looks if look.at.astimezone(zone).hour not in DAY]
    return {"home": Auditor(_by_person(looks), _by_person(odd), exports_since(viewer, since, MOST))}


def _by_person(looks: Sequence[Look]) -> list[Looked]:
    """Those with the most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for look in looks:
        counts[look.who, look.code] += look.count
    return [Looked(who, code, count) for (who, code), count in counts.most_common(MOST)]
