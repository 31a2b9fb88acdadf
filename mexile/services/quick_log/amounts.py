"""Durations, money, numbers and extra people in the words of a line.

Days in the words of a line: full words, numbers and hoy/ayer/today/yesterday; a shortened month only beside a number.

*mar* is María, martes and marzo, so that a shortened day or month alone is never read. Where a
number can be two days, both are offered. A day without its year is the latest one that
is not after today. What is read as a day is said by `ground/dates`; here stands only where a line may hold one.

Small wordings that both languages share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from mexile.ground import money
from mexile.ground.date_reading import readings
from mexile.ground.dates import JOINTS, MONTH_WORDS, NEAR_WORDS, WEEKDAY_WORDS, fold, month_number
from mexile.ground.errors import Invalid, Problem
from mexile.services.quick_log.reading import Choice

DAY = 24 * 60
MOST_OTHERS = 2000
MOST_QUANTITY = 100_000

FAMILY = frozenset("+f +fam +familia +family +hogar +household +casa +hh".split())
_HOURS = r"(?:h|hr|hrs|hour|hours|hora|horas)"
_MINUTES = r"(?:m|min|mins|minute|minutes|minuto|minutos)"
_DURATIONS = (
    re.compile(rf"(?P<h>\d+(?:[.,]\d+)?) ?{_HOURS}"),
    re.compile(rf"(?P<m>\d+) ?{_MINUTES}"),
    re.compile(rf"(?P<h>\d+) ?{_HOURS} ?(?P<m>\d+) ?{_MINUTES}?"),
    re.compile(r"(?P<h>\d+):(?P<m>[0-5]\d)"),
)
_CLOCK = re.compile(r"(\d+):[0-5]\d")
_MONEY = re.compile(r"(?:us)?\$ ?[\d.,]+|[\d.,]+ ?(?:usd|dls|dolares|dollars|dlls)")
_OTHERS = re.compile(r"\+ ?(\d+)")
_NUMBER = re.compile(r"x?(\d+)x?")

TOO_LONG = Problem(
    "minutes",
    "A day has 24 hours. Write the time as 90m, 1.5h or 1:30.",
    "Un día tiene 24 horas. Escriba el tiempo como 90m, 1.5h o 1:30.",
)
CLOCK = Problem(
    "minutes",
    "This looks like a time of day. Write how long it took, such as 90m or 1.5h.",
    "Esto parece una hora del día. Escriba cuánto duró, por ejemplo 90m o 1.5h.",
)
TOO_MANY = Problem(
    "others",
    "That many people are logged as an event of their own.",
    "Tantas personas se registran como un evento aparte.",
)
TOO_MUCH = Problem(
    "quantity",
    "This quantity is too large.",
    "Esta cantidad es demasiado grande.",
)


def duration(words: str) -> Choice | Problem | None:
    """`90m`, `1.5h`, `1,5 h`, `1h30`, `1:30`, `2 horas` as whole minutes, at most a day.

    From 8:00 on a colon looks like a time of day, which nobody logs here: it is refused
    with words rather than taken for eight hours.
    """
    clock = _CLOCK.fullmatch(words)
    if clock and int(clock[1][:6]) >= 8:
        return CLOCK
    for form in _DURATIONS:
        if match := form.fullmatch(words):
            parts = match.groupdict()
            if len(words) > 20:
                return TOO_LONG
            hours = float((parts.get("h") or "0").replace(",", "."))
            minutes = round(hours * 60) + int(parts.get("m") or 0)
            return Choice("minutes", str(minutes)) if minutes <= DAY else TOO_LONG
    return None


def amount(words: str) -> Choice | Problem | None:
    """`$25`, `$1,000.50`, `25 usd` as cents."""
    if not _MONEY.fullmatch(words):
        return None
    bare = re.sub(r"[^\d.,]", "", words)
    try:
        return Choice("money", str(money.parse_cents(bare, "amount")))
    except Invalid as wrong:
        return wrong.problems[0]


def others(words: str) -> Choice | Problem | None:
    """`+3`: three people more, whom we count and don't know."""
    match = _OTHERS.fullmatch(words)
    if not match:
        return None
    if len(match[1]) > 6 or int(match[1]) > MOST_OTHERS:
        return TOO_MANY
    return Choice("others", str(int(match[1])))


def number(words: str) -> int | Problem | None:
    """A bare number, or `x3`; what it counts depends on the kind of service."""
    match = _NUMBER.fullmatch(words)
    if not match:
        return None
    if len(match[1]) > 6 or int(match[1]) > MOST_QUANTITY:
        return TOO_MUCH
    return int(match[1])


_IN_NUMBERS = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})")
_DAY_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|ero|ro|o|º|ª)?,?")
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
    numbers = [word for word in rest if _DAY_NUMBER.fullmatch(word)]
    if len(numbers) == MOST_NUMBERS and len(rest[-1]) == 1:
        return False  # how many, no year
    return len(months) == 1 and 0 < len(numbers) <= MOST_NUMBERS and len(months) + len(numbers) == len(rest)


def _is_short(word: str) -> bool:
    return word not in MONTH_WORDS and month_number(word) is not None


def join_words(words: Sequence[str], lang: str) -> str:
    """ "Ana, Beto and Inés", "Ana, Beto e Inés": Spanish says *e* before the sound of i."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    joint = "and"
    if lang == "es":
        start = last.lower().lstrip("«¡¿\"'(")
        sounds_i = start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hie", "hia"))
        joint = "e" if sounds_i else "y"
    return f"{', '.join(words[:-1])} {joint} {last}"
