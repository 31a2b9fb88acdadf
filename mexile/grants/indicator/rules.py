"""Whether a promise is on its way."""

from __future__ import annotations

from datetime import date


def is_behind(value: int, target: int, from_on: date, to_on: date, today: date) -> bool:
    """Whether less was reached than the time that has passed would ask for, by a tenth and more."""
    whole = (to_on - from_on).days + 1
    passed = min(max((today - from_on).days + 1, 0), whole)
    return 10 * value * whole < 9 * target * passed
