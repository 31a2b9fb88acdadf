"""What time it is. The only place that asks the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta(0)


def now() -> datetime:
    """This moment, in UTC and aware of it."""
    return datetime.now(UTC) + _shift


def today(zone: str = "America/Denver") -> date:
    """The day it is in `zone` (an IANA name; El Paso is America/Denver)."""
    return now().astimezone(ZoneInfo(zone)).date()


def is_today(moment: datetime, zone: str) -> bool:
    """Whether `moment` lies in the day it is in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).date() == today(zone)


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
