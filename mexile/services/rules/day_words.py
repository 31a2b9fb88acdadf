"""Days in the words of a line: full words, numbers and hoy/ayer/today/yesterday; a shortened month only beside a number.

*mar* is María, martes and marzo, so that a shortened day or month alone is never read. Where a
number can be two days, both are offered. A day without its year is the latest one that
is not after today. What is read as a day is said by `ground/dates`; here stands only where a line may hold one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mexile.ground.dates import JOINTS, MONTH_WORDS, NEAR_WORDS, WEEKDAY_WORDS, fold, month_number, readings
from mexile.ground.errors import Invalid, Problem
from mexile.services.rules.choice import Choice

_IN_NUMBERS = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})")
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|ero|ro|o|º|ª)?,?")
_JOINED = re.compile(r"\d{1,4}[-/][a-z]{3,}(?:[-/]\d{2,4})?|[a-z]{3,}[-/]\d{1,2}[-/]\d{2,4}")
MOST_NUMBERS = 2

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
    if folded in NEAR_WORDS:
        return [_choice(today + timedelta(days=NEAR_WORDS[folded]))] if NEAR_WORDS[folded] <= 0 else None
    if folded in WEEKDAY_WORDS:
        return _weekday(WEEKDAY_WORDS[folded], today)
    if not (_IN_NUMBERS.fullmatch(folded) or _is_in_words(folded)):
        return None
    try:
        return [_choice(day) for day in readings(folded, today, "on")] or NO_DAY
    except Invalid as wrong:
        return wrong.problems[0]


def may_be_how_many(words: str) -> bool:
    """Two digits behind a day: `3 nov 24` is a day of 2024, or the last 3 November and how many."""
    return re.search(r"\d.* \d\d$", words) is not None


def shortened_month(words: str) -> str | None:
    """The shortened month in the words of a day, which may be the beginning of somebody's name."""
    return next((word for word in words.split() if fold(word).isalpha() and _is_short(fold(word).rstrip("."))), None)


def _choice(day: date) -> Choice:
    return Choice("day", day.isoformat())


def _weekday(number: int, today: date) -> list[Choice]:
    """The last such day; on that very weekday it may be today or a week ago: both."""
    back = (today.weekday() - number) % 7
    near = today - timedelta(days=back)
    return [_choice(near)] if back else [_choice(near), _choice(near - timedelta(days=7))]


def _is_in_words(folded: str) -> bool:
    """`12 de marzo`, `march 12 2026`, `lunes 12 marzo`, `3 nov`, `12-mar-2021`: one month and one or two numbers."""
    if _JOINED.fullmatch(folded):
        return any(month_number(part) for part in re.split("[-/]", folded))
    words = folded.split()
    if not words or words[0] in JOINTS or words[-1] in JOINTS:
        return False
    rest = [word for word in (words[1:] if words[0] in WEEKDAY_WORDS else words) if word not in JOINTS]
    months = [word for word in rest if month_number(word.rstrip("."))]
    numbers = [word for word in rest if _NUMBER.fullmatch(word)]
    if len(numbers) == MOST_NUMBERS and len(rest[-1]) == 1:
        return False  # how many, no year
    return len(months) == 1 and 0 < len(numbers) <= MOST_NUMBERS and len(months) + len(numbers) == len(rest)


def _is_short(word: str) -> bool:
    return word not in MONTH_WORDS and month_number(word) is not None
