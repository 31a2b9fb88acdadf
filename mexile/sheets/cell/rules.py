"""What a cell of somebody else's sheet may hold: plain words, on one line, of a sane length.

The days of a column. 3/12 is never guessed: the column decides by its own evidence, or a person is asked.

The birth that a cell tells: a day, or a year where no more is known.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.ground.date_reading import DAY_FIRST, MONTH_FIRST, numbers_apart, parse_day, without_hour
from mexile.ground.dates import OLDEST, YEARS
from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import clean_line, without_accents

_ZERO_WIDTH = dict.fromkeys((0x200B, 0x2060, 0xFEFF))


def clean(text: str) -> str:
    """The cell as words: no controls, no marks that can't be seen or that turn the writing, single spaces.

    A formula such as =HYPERLINK(...) stays what it is here: text.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return clean_line(text.translate(_ZERO_WIDTH))


def folded(text: str) -> str:
    """A cell as it is compared with another: no capitals, no accents, single spaces."""
    return without_accents(clean(text).casefold())


def shortened(text: str, room: int = 40) -> str:
    """A cell as it is quoted in a sentence."""
    return text if len(text) <= room else text[: room - 1] + "…"


ORDERS = ("year-month-day", DAY_FIRST, MONTH_FIRST)
EARLIEST = 1890
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?")
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
            return DAY_FIRST
        if self.month_first and not self.day_first:
            return MONTH_FIRST
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
        if (numbers := numbers_apart(clean(cell))) is None:
            continue
        first, second = numbers
        if first > 12 >= second:
            seen["day"] += times
        elif second > 12 >= first:
            seen["month"] += times
        elif first != second and first <= 12:
            seen["either"] += times
            example = example or clean(cell)
    return Evidence(seen["day"], seen["month"], seen["either"], example)


def question(place: str, days: Evidence) -> Problem:
    """What to ask when the column does not say."""
    cell = shortened(days.example, 24)
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
        day = _day(text, order, epoch, today)
    except (ValueError, OverflowError):
        return _no_day(text, order)
    except Invalid as asked:
        return _of_cell(text, asked.problems[0])
    if not day.year >= EARLIEST or day > today + timedelta(days=1):
        cell = shortened(text)
        return Problem("", f"“{cell}” is not a day that has been.", f"«{cell}» no es un día que ya pasó.")
    return day


def _day(text: str, order: str | None, epoch: str, today: date) -> date:
    """The day of a cell. A sheet is read long after it was written, so that "today" or a day without its year
    says nothing there."""
    if epoch and _SERIAL.fullmatch(text):
        if float(text) <= YEARS[-1]:
            raise ValueError("a day of the month or a year, not the number by which a workbook keeps a day")
        return _EPOCHS[epoch] + timedelta(days=int(float(text)))
    body = without_hour(text)
    if not any(sign.isdigit() for sign in body):
        raise ValueError("a day in a sheet has a number")
    return parse_day(body, today, year="asked_past", order=order)


def _of_cell(text: str, asked: Problem) -> Problem:
    cell = shortened(text)
    return Problem("", f"“{cell}”: {asked.en}", f"«{cell}»: {asked.es}")


def _no_day(text: str, order: str | None) -> Problem:
    cell = shortened(text)
    if order in ORDERS[1:] and numbers_apart(text):
        words = {DAY_FIRST: ("day/month", "día/mes"), MONTH_FIRST: ("month/day", "mes/día")}[order]
        return Problem(
            "",
            f"“{cell}” is no day of the calendar, read as {words[0]}.",
            f"«{cell}» no es un día del calendario, leído como {words[1]}.",
        )
    return Problem("", f"“{cell}” is no day of the calendar.", f"«{cell}» no es un día del calendario.")


_ABOUT = re.compile(
    r"(?:c|ca|circa|about|around|approx|approximately|aprox|aproximadamente|hacia|como en|alrededor de|~|±)\W*(?:el? )?"
    r"(\d{4})\W*|(\d{4})\s*(?:\?|aprox\.?|approx\.?|\(aprox\.?\))",
    re.IGNORECASE,
)


def read_birth(cell: str, order: str | None, epoch: str, today: date) -> date | int | None | Problem:
    """The day of birth, or the year as a number; what is only about a year is asked for, never taken for it."""
    text = clean(cell)
    if re.fullmatch(r"[12]\d{3}(?:\.0)?", text) and today.year - OLDEST <= int(text[:4]) <= today.year:
        return int(text[:4])
    if about := _ABOUT.fullmatch(text):
        year, cell = about[1] or about[2], shortened(text)
        return Problem(
            "",
            f"“{cell}” is only about a year. If {year} is good enough to be kept, write {year} alone.",
            f"«{cell}» es solo un año aproximado. Si basta con guardar {year}, escriba {year} solo.",
        )
    return read_day(cell, order, epoch, today)
