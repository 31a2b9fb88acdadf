"""What remains of an inquiry that was not taken: after ninety days one more in a count, and nothing else.

A count of few people with much in common points at somebody. So each inquiry is counted as finely as at
least five of its like allow, those still here and those counted before, and else more coarsely: without
the state, without the country, in the year instead of the month, at last in the year alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mexile.ground.small_count import is_small

KEPT = timedelta(days=90)
LEFT_OUT = "*"
RUNGS = 6


@dataclass(frozen=True)
class Cell:
    """One line of the counts: what those in it have in common. "" is unknown, "*" left out."""

    span: str
    first_on: date
    country: str
    state: str
    heard_of_us: str
    decision: str


def forgotten_on(decided_on: date) -> date:
    """The day on which an inquiry that was not taken is forgotten."""
    return decided_on + KEPT


def cells(
    asked_on: date, country: str | None, state: str | None, heard_of_us: str | None, decision: str
) -> tuple[Cell, ...]:
    """The cells an inquiry may be counted in, the finest first. The last holds everybody of its year."""
    month = Cell("month", asked_on.replace(day=1), country or "", state or "", heard_of_us or "", decision)
    no_state = replace(month, state=LEFT_OUT)
    no_place = replace(no_state, country=LEFT_OUT)
    year = replace(no_place, span="year", first_on=asked_on.replace(month=1, day=1))
    alone = replace(year, heard_of_us=LEFT_OUT)
    return month, no_state, no_place, year, alone, replace(alone, decision=LEFT_OUT)


def assign(possible: Sequence[tuple[Cell, ...]], counted: Mapping[Cell, int]) -> list[Cell]:
    """The cell of each inquiry, of all that were not taken and are still here: the finest that at least five
    share, ``counted`` (those counted before) with them. Who has a finer one counts in no coarser one, so that
    nobody is left alone where others seemed to be."""
    assigned = [cells_of[-1] for cells_of in possible]
    left = set(range(len(possible)))
    for rung in range(RUNGS - 1):
        together: dict[Cell, list[int]] = {}
        for number in sorted(left):
            together.setdefault(possible[number][rung], []).append(number)
        for cell, numbers in together.items():
            if not is_small(len(numbers) + counted.get(cell, 0)):
                left.difference_update(numbers)
                for number in numbers:
                    assigned[number] = cell
    return assigned
