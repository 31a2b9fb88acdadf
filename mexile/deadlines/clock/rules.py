"""The work-permit clock: days that an asylum application has been pending, less those for
which the applicant is answerable (INA 208(d)(2); 8 CFR 208.7(a)).

The day of filing is day 0. A delay that the applicant asked for or caused stops the clock
from its day until the day on which the case goes on; delays of the government and neutral ones
are written down and stop nothing. A judge's denial before day 180 freezes the clock; a remand
by the Board lets it go on. The settlement in ABT (2013) may credit the days between: we don't
count them, since asking too early costs the fee and the permit; the attorney can enter them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CAUSES = ("filing", "applicant", "government", "court", "neutral", "denial")
"""`filing` is the clock's start; the others say why a stretch of days was lost."""
FILE_DAY = 150
GRANT_DAY = 180


@dataclass(frozen=True)
class Segment:
    """A stretch of days from `from_on` until the day before `to_on`; open where None."""

    cause: str
    from_on: date
    to_on: date | None = None
    code: str = ""


@dataclass(frozen=True)
class Clock:
    """A clock as its segments tell it. `started_on` None: no application is pending."""

    started_on: date | None
    stops: Sequence[tuple[date, date | None]]
    """Stretches that don't count, apart from one another and in order; the last may be open."""

    def accrued(self, on: date) -> int:
        """How many days have counted by `on`."""
        if self.started_on is None or on <= self.started_on:
            return 0
        lost = sum((min(to or on, on) - start).days for start, to in self.stops if start < on)
        return (on - self.started_on).days - lost

    def stopped_days(self, on: date) -> int:
        if self.started_on is None:
            return 0
        return max(0, (on - self.started_on).days) - self.accrued(on)

    def is_stopped(self, on: date) -> bool:
        return any(start <= on and (to is None or on < to) for start, to in self.stops)

    def reaches(self, number: int) -> date | None:
        """The first day on which `number` days have counted, if nothing more stops it; None where
        it stands still before that, or never began."""
        if self.started_on is None:
            return None
        day = self.started_on + timedelta(days=number)
        for start, to in self.stops:
            if start >= day:
                break
            if to is None:
                return None
            day += to - start
        return day


def read_clock(segments: Sequence[Segment]) -> Clock:
    """The clock that these segments make. The first filing starts it; stretches of days that
    don't count are joined where they overlap; a denial on or after day 180 freezes nothing."""
    filings = [segment.from_on for segment in segments if segment.cause == "filing"]
    if not filings:
        return Clock(None, ())
    start = min(filings)
    stopping = [segment for segment in segments if segment.cause == "applicant"]
    for denial in sorted(
        (segment for segment in segments if segment.cause == "denial"), key=lambda segment: segment.from_on
    ):
        if Clock(start, _joined(start, stopping)).accrued(denial.from_on) < GRANT_DAY:
            stopping.append(denial)
    return Clock(start, _joined(start, stopping))


def _joined(start: date, segments: Sequence[Segment]) -> tuple[tuple[date, date | None], ...]:
    periods: list[tuple[date, date | None]] = []
    for segment in sorted(segments, key=lambda segment: segment.from_on):
        since = max(start, segment.from_on)
        if segment.to_on is not None and segment.to_on <= since:
            continue
        if periods and (periods[-1][1] is None or since <= periods[-1][1]):
            last_to = periods[-1][1]
            until = None if last_to is None or segment.to_on is None else max(last_to, segment.to_on)
            periods[-1] = (periods[-1][0], until)
        else:
            periods.append((since, segment.to_on))
    return tuple(periods)
