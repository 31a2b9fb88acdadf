"""What can't be of an award."""

from __future__ import annotations

from datetime import date

from mexile.ground.errors import Problem


def problems_of_award(from_on: date, to_on: date) -> list[Problem]:
    if to_on >= from_on:
        return []
    return [
        Problem(
            "to_on",
            "The last day lies before the first one.",
            "El último día es anterior al primero.",
        )
    ]


def share_of_time(from_on: date, to_on: date, today: date) -> int:
    """How much of an award's time has gone, from 0 to 100."""
    whole = (to_on - from_on).days + 1
    return round(100 * min(max((today - from_on).days + 1, 0), whole) / whole)
