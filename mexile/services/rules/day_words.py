"""Days in the words of a line: full words, numbers and hoy/ayer/today/yesterday, nothing else.

*mar* is María, martes and marzo, so no shortened day or month is ever read. Where a
number can be two days, both are offered. A day without its year is the latest one that
is not after today.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mexile.ground.dates import fold
from mexile.ground.errors import Problem
from mexile.services.rules.choice import Choice

_NEAR = {
    "hoy": 0,
    "today": 0,
    "ayer": 1,
    "yesterday": 1,
    "anteayer": 2,
    "antier": 2,
}
_WEEKDAYS = {
    word: number
    for words in (
        "lunes martes miercoles jueves viernes sabado domingo",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, word in enumerate(words.split())
}
MONTHS = {
    word: number
    for words in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
    )
    for number, word in enumerate(words.split(), 1)
} | {"setiembre": 9}
_JOINTS = ("de", "del", "of", "the")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|o|ro)?")

NO_DAY = Problem(
    "on",
    "This is no day of the calendar. Write it as 12 marzo or 2026-03-12.",
    "No es un día del calendario. Escríbalo como 12 marzo o 2026-03-12.",
)


def which_day(month: str) -> Problem:
    """A month alone is no day."""
    return Problem("on", f"Which day of {month}?", f"¿Qué día de {month}?")


def days(words: str, today: date) -> list[Choice] | Problem | None:
    """The days that `words` can mean; a Problem when it has the form of a day and is none."""
    folded = fold(words)
    if folded in _NEAR:
        return [_choice(today - timedelta(days=_NEAR[folded]))]
    if folded in _WEEKDAYS:
        return _weekday(_WEEKDAYS[folded], today)
    if found := _ISO.fullmatch(folded):
        exact = _real(int(found[1]), int(found[2]), int(found[3]))
        return [_choice(exact)] if exact else NO_DAY
    if found := _SLASHED.fullmatch(folded):
        if found[3] is None and "/" not in folded:
            return None
        return _slashed(int(found[1]), int(found[2]), found[3], today)
    return _in_words(folded.split(), today)


def _choice(day: date) -> Choice:
    return Choice("day", day.isoformat())


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(number: int, today: date) -> list[Choice]:
    """The last such day; on that very weekday it may be today or a week ago: both."""
    back = (today.weekday() - number) % 7
    near = today - timedelta(days=back)
    return [_choice(near)] if back else [_choice(near), _choice(near - timedelta(days=7))]


def _latest(month: int, day: int, today: date) -> date | None:
    """The latest such day up to today. 29 February goes back to the last leap year."""
    for year in range(today.year, today.year - 9, -1):
        found = _real(year, month, day)
        if found and found <= today:
            return found
    return None


def _slashed(first: int, second: int, year: str | None, today: date) -> list[Choice] | Problem:
    found: dict[date, None] = {}
    for day, month in ((first, second), (second, first)):
        if year is None:
            read = _latest(month, day, today)
        else:
            read = _real(int(year) + (2000 if len(year) == 2 else 0), month, day)
        if read:
            found[read] = None
    return [_choice(day) for day in found] or NO_DAY


def _in_words(words: list[str], today: date) -> list[Choice] | Problem | None:
    """`12 de marzo`, `marzo 12`, `march 12 2026`, with the month as a full word."""
    bare = [word for word in words if word not in _JOINTS]
    if not bare or words[0] in _JOINTS or words[-1] in _JOINTS or len(bare) not in (2, 3):
        return None
    if bare[0] in MONTHS:
        month, day_word = bare[0], bare[1]
    elif bare[1] in MONTHS:
        month, day_word = bare[1], bare[0]
    else:
        return None
    day = _ORDINAL.fullmatch(day_word)
    if not day:
        return None
    if len(bare) == 3:
        if not re.fullmatch(r"\d{4}", bare[2]):
            return None
        exact = _real(int(bare[2]), MONTHS[month], int(day[1]))
    else:
        exact = _latest(MONTHS[month], int(day[1]), today)
    return [_choice(exact)] if exact else NO_DAY
