"""Twelve months of gifts, beside the twelve before, with how many give every month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mexile.access.viewer import Viewer
from mexile.donors.queries import allowed
from mexile.gifts.ledger.queries import received_by_month
from mexile.gifts.recurring.queries import monthly_givers
from mexile.ground import clock, organization


@dataclass(frozen=True)
class MonthSum:
    """One month in dollars: received, received a year before, and how many monthly gifts ran at its end."""

    first: date
    received: int
    before: int
    givers: int


def year_of_gifts(viewer: Viewer, first: date) -> list[MonthSum]:
    """The twelve months up to the one that begins on `first`. Two queries; opens no name."""
    allowed(viewer)
    months = [_month(first, back) for back in range(11, -2, -1)]
    sums = received_by_month(_month(first, 23), date.fromordinal(months[-1].toordinal() - 1))
    zone, now = ZoneInfo(organization.zone()), clock.now()
    ends = [min(datetime.combine(after, time(), zone), now) for after in months[1:]]
    return [
        MonthSum(month, sums.get(month, 0), sums.get(month.replace(year=month.year - 1), 0), givers)
        for month, givers in zip(months[:-1], monthly_givers(ends), strict=True)
    ]


def _month(first: date, back: int) -> date:
    """The month that lies `back` months before the one that begins on `first`."""
    number = first.year * 12 + first.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
