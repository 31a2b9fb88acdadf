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
