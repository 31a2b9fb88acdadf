"""Durations, money, numbers and extra people in the words of a line."""

from __future__ import annotations

import re

from mexile.ground import money
from mexile.ground.errors import Invalid, Problem
from mexile.services.rules.choice import Choice

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
        if found := form.fullmatch(words):
            parts = found.groupdict()
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
    found = _OTHERS.fullmatch(words)
    if not found:
        return None
    if len(found[1]) > 6 or int(found[1]) > MOST_OTHERS:
        return TOO_MANY
    return Choice("others", str(int(found[1])))


def number(words: str) -> int | Problem | None:
    """A bare number, or `x3`; what it counts depends on the kind of service."""
    found = _NUMBER.fullmatch(words)
    if not found:
        return None
    if len(found[1]) > 6 or int(found[1]) > MOST_QUANTITY:
        return TOO_MUCH
    return int(found[1])
