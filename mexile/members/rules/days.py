"""The days of a column. 3/12 is never guessed: the column decides by its own evidence, or a person is asked."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.ground import dates
from mexile.ground.errors import Invalid, Problem
from mexile.members.rules.cell import clean, shortened

ORDERS = ("year-month-day", "day/month/year", "month/day/year")
EARLIEST = 1890
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ ,T].*)?")
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?")
_WORDS = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\d{4}).*")
_EPOCHS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}


@dataclass(frozen=True)
class Evidence:
    """How many cells of a column can only be day/month, only month/day, or either."""

    day_first: int
    month_first: int
    either: int
    example: str

    @property
    def order(self) -> str | None:
        """The order that the whole column shows, if it shows one."""
        if self.day_first and not self.month_first:
            return "day/month/year"
        if self.month_first and not self.day_first:
            return "month/day/year"
        return None

    @property
    def asks(self) -> bool:
        """A person must say which it is."""
        return bool(self.either) and self.order is None


def evidence(cells: Iterable[str]) -> Evidence:
    """What the cells of a column tell of its order; only cells such as 3/12/2026 tell anything."""
    seen: Counter[str] = Counter()
    example = ""
    for cell, times in Counter(cells).items():
        if (found := _YEAR_LAST.fullmatch(clean(cell))) is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            seen["day"] += times
        elif second > 12 >= first:
            seen["month"] += times
        elif first != second and first <= 12:
            seen["either"] += times
            example = example or clean(cell)
    return Evidence(seen["day"], seen["month"], seen["either"], example)


def question(place: str, found: Evidence) -> Problem:
    """What to ask when the column does not say."""
    cell = shortened(found.example, 24)
    return Problem(
        place,
        f"In “{cell}”, is the day or the month first? Nothing in this column tells: choose it in the mapping.",
        f"En «{cell}», ¿va primero el día o el mes? Nada en esta columna lo dice: elíjalo en la plantilla.",
    )


def read_day(cell: str, order: str | None, epoch: str, today: date) -> date | None | Problem:
    """The day of a cell, None when it is blank, or what is wrong with it (its place is left to the caller)."""
    text = clean(cell)
    if not text:
        return None
    try:
        found = _day(text, order, epoch, today)
    except (ValueError, OverflowError, Invalid):
        found = None
    if found is None:
        return _no_day(text, order)
    if not EARLIEST <= found.year or found > today + timedelta(days=1):
        cell = shortened(text)
        return Problem("", f"“{cell}” is not a day that has been.", f"«{cell}» no es un día que ya pasó.")
    return found


def _day(text: str, order: str | None, epoch: str, today: date) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3], today)
        if order is None:
            return date(year, second, first) if first == second else None
        day, month = (first, second) if order == "day/month/year" else (second, first)
        return date(year, month, day)
    if epoch and _SERIAL.fullmatch(text):
        return _EPOCHS[epoch] + timedelta(days=int(float(text)))
    if _WORDS.fullmatch(text):
        return dates.parse_day(text, today)
    return None


def _year(text: str, today: date) -> int:
    """Two digits are of this century unless that is still to come."""
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year + 1 else year - 100


def _no_day(text: str, order: str | None) -> Problem:
    cell = shortened(text)
    if order in ORDERS[1:] and _YEAR_LAST.fullmatch(text):
        words = {"day/month/year": ("day/month", "día/mes"), "month/day/year": ("month/day", "mes/día")}[order]
        return Problem(
            "",
            f"“{cell}” is no day of the calendar, read as {words[0]}.",
            f"«{cell}» no es un día del calendario, leído como {words[1]}.",
        )
    return Problem("", f"“{cell}” is no day of the calendar.", f"«{cell}» no es un día del calendario.")
