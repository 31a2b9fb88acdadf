"""What time it is. The only place that asks the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta(0)

SKEW = timedelta(seconds=5)
"""How far two clocks that are right may lie apart. A moment further ahead than that was written
before the clock was set back, and nothing is known of how long ago it was."""


def now() -> datetime:
    """This moment, in UTC and aware of it."""
    return datetime.now(UTC) + _shift


def today(zone: str = "America/Denver") -> date:
    """The day it is in `zone` (an IANA name; El Paso is America/Denver)."""
    return now().astimezone(ZoneInfo(zone)).date()


def is_today(moment: datetime, zone: str) -> bool:
    """Whether `moment` lies in the day it is in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).date() == today(zone)


def is_within(moment: datetime | None, span: timedelta) -> bool:
    """Whether `moment` lies less than `span` back. What lies ahead of this clock isn't within anything:
    a right that runs out must not begin anew, or live longer, because the clock was set back."""
    return moment is not None and -SKEW <= now() - moment < span


def is_ahead(moment: datetime | None) -> bool:
    """Whether `moment` lies ahead of this clock, which was set back since it was written."""
    return moment is not None and moment - now() > SKEW


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock read `moment` and run on from there, for tests."""
    global _shift
    before = _shift
    _shift = moment - datetime.now(UTC)
    try:
        yield
    finally:
        _shift = before
