"""Weeks without means: the gap between what a household can live on and the day when somebody may work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

WEEK = timedelta(days=7)


class Promise(NamedTuple):
    """Support promised from a day to a day, both included: of a roof, of daily needs, or both."""

    kind: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Gap:
    """From ``from_on`` on something is missing (``missing``: "roof", "living" or both); ``until_on`` is the
    earliest day of a work permit. ``weeks`` is None while nobody knows that day."""

    missing: tuple[str, ...]
    from_on: date
    until_on: date | None
    weeks: int | None

    @property
    def is_none(self) -> bool:
        return self.weeks == 0


def covered_from(begin: date, last: date | None, promises: Iterable[Promise], kind: str) -> date:
    """The first day from ``begin`` on that is not covered. ``last`` is the last day of what the household has
    by itself; a promise goes on from where it ends only if it begins by then: no day between may be empty."""
    first_open = begin if last is None else max(begin, last + timedelta(days=1))
    for promise in sorted(promises, key=lambda promise: promise.from_on):
        if promise.kind in (kind, "both") and promise.from_on <= first_open <= promise.until_on:
            first_open = promise.until_on + timedelta(days=1)
    return first_open


def gap(
    today: date,
    *,
    asked_on: date,
    roof_until: date | None,
    weeks_covered: int | None,
    promises: Iterable[Promise],
    permit_on: date | None,
) -> Gap | None:
    """What is missing until somebody of the household may work; None where nothing was said that one could
    count from. Begun weeks count whole, and days that have passed are no longer counted.

    The gap begins when the first of two needs, a roof and daily needs, is no longer met. What nobody told
    is not counted against the household: an unknown roof is no missing roof.
    """
    promises = list(promises)
    living_until = None if weeks_covered is None else asked_on + weeks_covered * WEEK - timedelta(days=1)
    known = {}
    if roof_until is not None or any(promise.kind in ("roof", "both") for promise in promises):
        known["roof"] = covered_from(today, roof_until, promises, "roof")
    if living_until is not None or any(promise.kind in ("living", "both") for promise in promises):
        known["living"] = covered_from(today, living_until, promises, "living")
    if not known:
        return None
    begins = min(known.values())
    if permit_on is not None and begins >= permit_on:
        return Gap((), begins, permit_on, 0)
    missing = tuple(need for need, day in known.items() if permit_on is None or day < permit_on)
    weeks = None if permit_on is None else -(-(permit_on - begins).days // 7)
    return Gap(missing, begins, permit_on, weeks)


def worst_first(missing: Gap, today: date) -> tuple[bool, int, date]:
    """The order of the list: without anything today and without a day of the permit first, then the most
    weeks, then what begins soonest. A permit nobody dated stands after those whose weeks are known."""
    is_open_now = missing.weeks is None and missing.from_on <= today
    return (not is_open_now, -(missing.weeks if missing.weeks is not None else -1), missing.from_on)
