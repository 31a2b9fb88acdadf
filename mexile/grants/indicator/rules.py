"""Whether a promise is on its way."""

from __future__ import annotations

from datetime import date


def is_behind(value: int, target: int, from_on: date, to_on: date, today: date) -> bool:
    """Whether less was reached than the time that has passed would ask for, by a tenth and more."""
    whole = (to_on - from_on).days + 1
    passed = min(max((today - from_on).days + 1, 0), whole)
    return 10 * value * whole < 9 * target * passed


def share_of_target(target: int, award: tuple[date, date], first: date, last: date) -> int:
    """The part of a target that falls on the days from `first` to `last`, by the days of the award."""
    from_on, to_on = award
    days = (min(last, to_on) - max(first, from_on)).days + 1
    return -(-target * max(days, 0) // ((to_on - from_on).days + 1))
