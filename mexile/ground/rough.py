"""A day that is known only so well: the day, the month, the year, or about then.

Years later people know that it was "in March 2021" or "about 2019": that is kept as it was said, and never
made more exact than it is.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from mexile.ground.date_reading import parse_day
from mexile.ground.dates import fold, format_month, format_short_day, in_reach
from mexile.ground.errors import Invalid, Problem

PRECISIONS = ("day", "month", "year", "about", "unknown")
_ABOUT = re.compile(
    r"^(?:(?:about|around|approx(?:imately)?|circa|como(?: en| a)?|hacia|alrededor de|mas o menos(?: en)?|aprox(?:imadamente)?)\b\.?"
    r"|ca?\.|ca?\b|~)\s*(?:el\s+)?(?=\S)"
)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
_MONTH_WORD = re.compile(r"[a-z]+\.?(?: de| del(?: ano)?|,)?[ /-]\d{4}|\d{4}[ /-][a-z]+\.?")
_ABOUT_BEHIND = re.compile(r"(?<=\d) ?(?:\?|\(?(?:aprox|approx)(?:imad\w+|imately)?\.?\)?)$")


@dataclass(frozen=True)
class Rough:
    """``on`` is the day itself, the first day of the month or year, or the nearest guess."""

    on: date
    precision: str

    @property
    def first(self) -> date:
        """The first day it can have been."""
        return self.on

    @property
    def last(self) -> date:
        """The last day it can have been; about a day, the day itself."""
        if self.precision == "month":
            return self.on.replace(day=calendar.monthrange(self.on.year, self.on.month)[1])
        return date(self.on.year, 12, 31) if self.precision == "year" else self.on

    def text(self, lang: str) -> str:
        """ "3 Mar 2021", "March 2021", "2021", "about 3 Mar 2021"."""
        if self.precision == "year":
            return str(self.on.year)
        if self.precision == "month":
            return format_month(self.on, lang)
        day = format_short_day(self.on, lang)
        if self.precision == "about":
            day_or_year = str(self.on.year) if (self.on.month, self.on.day) == (7, 1) else day
            return f"{'hacia' if lang == 'es' else 'about'} {day_or_year}"
        return day


def rough(on: date | None, precision: str | None) -> Rough | None:
    """What two columns keep; None where nothing is known."""
    return Rough(on, precision or "day") if on else None


def parts(known: Rough | None) -> tuple[date | None, str]:
    """The two columns of a rough day."""
    return (known.on, known.precision) if known else (None, "unknown")


def parse_rough(text: str, today: date, place: str = "on") -> Rough:
    """The day that ``text`` names as far as it does: 12 mar 2021, mar 2021, 2021-03, 2021, "about 2019", "como
    en marzo de 2021". About a year is kept as its middle. Raises Invalid where it is no day."""
    body = fold(text)
    body, behind = _ABOUT_BEHIND.subn("", body)
    about = _ABOUT.match(body)
    rough = _read(body[about.end() :] if about else body, today, place)
    if not (about or behind):
        return rough
    middle = date(rough.on.year, 7, 1) if rough.precision == "year" else rough.on
    return Rough(middle, "about")


def _read(body: str, today: date, place: str) -> Rough:
    if _YEAR.fullmatch(body):
        return Rough(_first_of(int(body), 1, place), "year")
    if month := _MONTH.fullmatch(body):
        year, number = (month[1], month[2]) if month[1] else (month[4], month[3])
        return Rough(_first_of(int(year), int(number), place), "month")
    if _MONTH_WORD.fullmatch(body):
        return Rough(parse_day(f"1 {body}", today, place), "month")
    return Rough(parse_day(body, today, place, year="asked_past"), "day")


def _first_of(year: int, month: int, place: str) -> date:
    try:
        return in_reach(date(year, month, 1), place)
    except ValueError:
        raise Invalid(
            Problem(
                place,
                "This is no day of the calendar. Write 12 Mar 2021, Mar 2021, 2021 or about 2021.",
                "No es un día del calendario. Escriba 12 mar 2021, mar 2021, 2021 o hacia 2021.",
            )
        ) from None
