"""Days as people write and read them, in both languages.

A day is never guessed: where 3/12 can be read two ways, the reader is asked.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mexile.ground.errors import Invalid, Problem

WEEKDAYS = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}
MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}
_MONTH_WORDS = {
    name: number
    for names in (
        ["january", "february", "march", "april", "may", "june", "july", "august"]
        + ["september", "october", "november", "december"],
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"]
        + ["septiembre", "octubre", "noviembre", "diciembre"],
        [month.lower() for month in MONTHS["en"]],
        MONTHS["es"],
    )
    for number, name in enumerate(names, 1)
}
_WEEKDAY_WORDS = {
    name: number
    for names in (
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"],
    )
    for number, name in enumerate(names)
}
_NEAR = {"hoy": 0, "today": 0, "ayer": -1, "yesterday": -1, "anteayer": -2, "manana": 1, "tomorrow": 1}


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.strip().lower()
    apart = unicodedata.normalize("NFD", text.strip().lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def parse_day(text: str, today: date, place: str = "day") -> date:
    """The day that `text` names.

    Takes 2026-03-12, 12 mar 2026, March 12 2026, 12 de marzo de 2026, hoy, ayer,
    yesterday, a weekday's full name (the last one before or on `today`), 13/03/2026
    where only one reading is a day. Raises Invalid, with both readings, where it isn't clear.
    """
    body = fold(text).replace(",", " ")
    if body in _NEAR:
        return today + timedelta(days=_NEAR[body])
    if body in _WEEKDAY_WORDS:
        return today - timedelta(days=(today.weekday() - _WEEKDAY_WORDS[body]) % 7)
    words = [word for word in re.split(r"[\s]+|(?<=[a-z])\.", body) if word not in ("", "de", "del", "of")]
    if words and words[0] in _WEEKDAY_WORDS or words and words[0] in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        words = words[1:]
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", body):
        return _day(int(found[1]), int(found[2]), int(found[3]), place)
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", body):
        return _slashed(int(found[1]), int(found[2]), found[3], place)
    if len(words) in (2, 3):
        return _in_words(words, today, place)
    raise Invalid(_not_a_day(place))


def _in_words(words: list[str], today: date, place: str) -> date:
    months = [word for word in words if word in _MONTH_WORDS]
    numbers = [word for word in words if word.isdigit()]
    if len(months) != 1 or len(months) + len(numbers) != len(words):
        raise Invalid(_not_a_day(place))
    year = int(numbers[1]) if len(numbers) == 2 else today.year
    return _day(year, _MONTH_WORDS[months[0]], int(numbers[0]), place)


def _slashed(first: int, second: int, year_text: str, place: str) -> date:
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    readings = {}
    for day, month in ((first, second), (second, first)):
        try:
            readings[date(year, month, day)] = None
        except ValueError:
            continue
    if len(readings) == 1:
        return in_reach(next(iter(readings)), place)
    if not readings:
        raise Invalid(_not_a_day(place))
    one, two = readings
    raise Invalid(
        Problem(
            place,
            f"Is it {format_day(one, 'en')} or {format_day(two, 'en')}? Write the month as a word.",
            f"¿Es {format_day(one, 'es')} o {format_day(two, 'es')}? Escriba el mes con letras.",
        )
    )


def _day(year: int, month: int, day: int, place: str) -> date:
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise Invalid(_not_a_day(place)) from None
    return in_reach(found, place)


YEARS = range(1850, 2201)
"""Nobody we know of was born before, and no court sets a date behind: another year is a slip."""


def in_reach(found: date, place: str) -> date:
    """The day itself; raises Invalid in words where its year is none that we mean."""
    if found.year not in YEARS:
        raise Invalid(
            Problem(
                place,
                f"The year {found.year} can't be right. Look at it again.",
                f"El año {found.year} no puede ser. Revíselo.",
            )
        )
    return found


def _not_a_day(place: str) -> Problem:
    return Problem(
        place,
        "This is no day of the calendar. Write it as 12 Mar 2026 or 2026-03-12.",
        "No es un día del calendario. Escríbalo como 12 mar 2026 o 2026-03-12.",
    )


def format_day(day: date, lang: str) -> str:
    """ "Tue 3 Mar 2026" or "martes 3 mar 2026"."""
    return f"{WEEKDAYS[lang][day.weekday()]} {day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def format_short_day(day: date, lang: str) -> str:
    """ "3 Mar 2026", for columns where the weekday says nothing."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


def month_name(number: int, lang: str) -> str:
    """The month from 1 to 12 as a word."""
    return _MONTH_NAMES[lang].split()[number - 1]


def format_month(day: date, lang: str) -> str:
    joint = " de " if lang == "es" else " "
    return f"{month_name(day.month, lang)}{joint}{day.year}"


def format_hour(at: time | datetime) -> str:
    """ "8:30", "14:05"."""
    return f"{at.hour}:{at:%M}"


def format_moment(moment: datetime, lang: str, zone: str = "America/Denver") -> str:
    """The day and the time of day in `zone`: "Tue 3 Mar 2026, 8:30"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{format_day(local.date(), lang)}, {format_hour(local)}"
