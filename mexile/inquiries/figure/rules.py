"""Figures of people that nobody can be found in: fewer than five are not shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mexile.ground.small_count import is_small


@dataclass(frozen=True)
class FigureRow:
    """A month: how many for each way in which people heard of us. None is not shown."""

    month: date
    cells: tuple[int | None, ...]
    total: int | None


def row_of(month: date, heard: Mapping[str, int], ways: Sequence[str]) -> FigureRow:
    """The month's line. Cells below five, zeros too, are withheld, and so is the total where the withheld make up fewer
    than five together: else they could be worked out by subtraction."""
    numbers = [heard.get(way, 0) for way in ways]
    cells = tuple(number if _is_shown(number) else None for number in numbers)
    total = sum(heard.values())
    withheld = total - sum(number for number in cells if number is not None)
    return FigureRow(month, cells, total if _is_shown(withheld) or None not in cells else None)


def _is_shown(number: int) -> bool:
    return number > 0 and not is_small(number)
