"""Figures of people that nobody can be found in: fewer than five are not shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LEAST = 5


@dataclass(frozen=True)
class Row:
    """A month: how many for each way in which people heard of us. None is not shown."""

    month: date
    cells: tuple[int | None, ...]
    total: int | None


def row_of(month: date, heard: Mapping[str, int], ways: Sequence[str]) -> Row:
    """The month's line. Cells below five are withheld, and so is the total where the withheld make up fewer
    than five together: else they could be worked out by subtraction."""
    numbers = [heard.get(way, 0) for way in ways]
    cells = tuple(number if number >= LEAST else None for number in numbers)
    total = sum(heard.values())
    withheld = total - sum(number for number in cells if number is not None)
    return Row(month, cells, total if withheld >= LEAST or None not in cells else None)
