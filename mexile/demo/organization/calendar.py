"""Days: when courts sit and offices are open, when people give, and the six years that the demo tells of."""

from datetime import date, timedelta

from mexile.deadlines.closing.rules import ONE_DAY, OpenDays
from mexile.deadlines.deadline.rules import months_later

FRIDAY, SATURDAY = 4, 5
OFFICES = OpenDays()


def is_working(day: date) -> bool:
    """Courts and federal offices are open."""
    return OFFICES.is_open(day)


def working_before(day: date) -> date:
    """The last working day before `day`."""
    return OFFICES.on_or_before(day - ONE_DAY)


def working_days(first: date, last: date) -> list[date]:
    return [day for day in days(first, last) if is_working(day)]


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def next_friday(day: date) -> date:
    """The Friday of this week, or of the next once it is over; Friday itself counts."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def giving_tuesday(year: int) -> date:
    """The Tuesday after Thanksgiving, the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 26)


def beginning(day: date) -> date:
    """The first day of the six years that end with the month of `day`."""
    return months_later(day.replace(day=1), -71)
