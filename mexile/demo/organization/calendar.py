"""Days: when courts sit, when offices are open, when people give.

The federal holidays are computed by their rule (5 USC 6103), so that any year works.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 3, 4, 5, 6
ONE_DAY = timedelta(days=1)


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`-th weekday of a month; -1 is the last."""
    if number < 0:
        last = months_later(date(year, month, 1), 1) - ONE_DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def observed(day: date) -> date:
    """Saturday's holiday is kept on Friday, Sunday's on Monday."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


@lru_cache(maxsize=32)
def federal_holidays(year: int) -> frozenset[date]:
    """The days on which federal offices and immigration courts are closed in `year`."""
    fixed = [date(year, *day) for day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    moving = [
        nth(year, 1, MONDAY, 3),
        nth(year, 2, MONDAY, 3),
        nth(year, 5, MONDAY, -1),
        nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2),
        nth(year, 11, THURSDAY, 4),
    ]
    next_new_year = observed(date(year + 1, 1, 1))
    days = {observed(day) for day in fixed} | set(moving) | {next_new_year}
    return frozenset(day for day in days if day.year == year)


def is_working(day: date) -> bool:
    """Courts and federal offices are open."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def working_on_or_after(day: date) -> date:
    while not is_working(day):
        day += ONE_DAY
    return day


def working_before(day: date) -> date:
    """The last working day before `day`."""
    day -= ONE_DAY
    while not is_working(day):
        day -= ONE_DAY
    return day


def working_days(first: date, last: date) -> list[date]:
    return [day for day in days(first, last) if is_working(day)]


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def next_friday(day: date) -> date:
    """The Friday of this week, or of the next once it is over; Friday itself counts."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it has no such day."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def giving_tuesday(year: int) -> date:
    """The Tuesday after Thanksgiving, when many Americans give."""
    return nth(year, 11, THURSDAY, 4) + timedelta(days=5)


def beginning(day: date) -> date:
    """The first day of the six years that end with the month of `day`."""
    return months_later(day.replace(day=1), -71)
