"""Days in both languages: their words, how they are written, and which of them can be. `date_reading` reads them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mexile.ground.errors import Invalid, Problem
from mexile.ground.hours import format_hour

WEEKDAYS = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}
MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}
_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
MONTH_WORDS = {
    word: number for names in _MONTH_NAMES.values() for number, word in enumerate(names.lower().split(), 1)
} | {"setiembre": 9, "mzo": 3, "agto": 8}
"""The months' full names in both languages and the short forms that are no beginning of one, folded, with their numbers."""
WEEKDAY_WORDS = {
    word: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lunes martes miercoles jueves viernes sabado domingo",
    )
    for number, word in enumerate(names.split())
}
"""The weekdays' full names in both languages, folded; Monday is 0."""
NEAR_WORDS = {"hoy": 0, "today": 0, "ayer": -1, "yesterday": -1, "manana": 1, "tomorrow": 1, "pasado manana": 2}
NEAR_WORDS |= {"day after tomorrow": 2} | dict.fromkeys(
    ("anteayer", "antier", "antes de ayer", "day before yesterday"), -2
)
"""How many days a word lies from today."""

YEARS = range(1850, 2201)
"""Nobody we know of was born before, and no court sets a date behind: another year is a slip."""
JOINTS = frozenset("de del of the el ano dia on".split())
"""The words between the parts of a day, folded."""

OLDEST = 115
"""Nobody we know is older, in years."""


def fold(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.strip().lower()
    apart = unicodedata.normalize("NFD", text.strip().lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def month_number(word: str) -> int | None:
    """The number of a month's name, or of its first letters from three on: ene, sept, setiembre."""
    numbers = {number for name, number in MONTH_WORDS.items() if len(word) > 2 and name.startswith(word)}
    return numbers.pop() if len(numbers) == 1 else None


def in_reach(day: date, place: str, latest: int = YEARS[-1]) -> date:
    """The day itself; raises Invalid in words where its year is none that we mean, or after `latest`."""
    if day.year not in YEARS or day.year > latest:
        raise Invalid(
            Problem(
                place,
                f"The year {day.year} can't be right. Look at it again.",
                f"El año {day.year} no puede ser. Revíselo.",
            )
        )
    return day


def not_in_the_future(place: str, on: date | None, today: date) -> list[Problem]:
    """What is wrong with the day of something that happened: it lies after `today`. Nothing, where there is no day."""
    if on is None or on <= today:
        return []
    return [Problem(place, "This day has not come yet.", "Este día aún no llega.")]


def format_day(day: date, lang: str) -> str:
    """ "Tue 3 Mar 2026" or "martes 3 mar 2026"."""
    return f"{WEEKDAYS[lang][day.weekday()]} {day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def format_short_day(day: date, lang: str) -> str:
    """ "3 Mar 2026", for columns where the weekday says nothing."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def format_week_day(day: date, lang: str) -> str:
    """ "Tue 3", in a row of days."""
    return f"{WEEKDAYS[lang][day.weekday()][:3]} {day.day}"


def month_name(number: int, lang: str) -> str:
    """The month from 1 to 12 as a word."""
    return _MONTH_NAMES[lang].split()[number - 1]


def format_month(day: date, lang: str) -> str:
    joint = " de " if lang == "es" else " "
    return f"{month_name(day.month, lang)}{joint}{day.year}"


def format_moment(moment: datetime, lang: str, zone: str = "America/Denver") -> str:
    """The day and the time of day in `zone`: "Tue 3 Mar 2026, 8:30 a.m."."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{format_day(local.date(), lang)}, {format_hour(local, lang)}"


def day_of(text: str | None) -> date | None:
    """The day kept as text ("1986-03-12"); None where there is none that can be read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
