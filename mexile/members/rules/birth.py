"""The birth that a cell tells: a day, or a year where no more is known."""

import re
from datetime import date

from mexile.ground.errors import Problem
from mexile.members.rules.cell import clean, shortened
from mexile.members.rules.days import read_day
from mexile.members.rules.person import OLDEST

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
    if said := _ABOUT.fullmatch(text):
        year, cell = said[1] or said[2], shortened(text)
        return Problem(
            "",
            f"“{cell}” is only about a year. If {year} is good enough to be kept, write {year} alone.",
            f"«{cell}» es solo un año aproximado. Si basta con guardar {year}, escriba {year} solo.",
        )
    return read_day(cell, order, epoch, today)
