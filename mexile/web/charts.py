"""Bars drawn on the server as SVG: they print, need no script and carry their numbers as words.

A bar has two lines, the idea of the whole look: the fine dark one is what was reached, the softer one
beside it the target. A withheld cell (``value`` None) draws nothing, so that no length gives it away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

ROW, WORDS, THICK, GAP, SECOND = 44, 18, 6, 3, 2


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its words, its number, the number as shown, and its target if it has one."""

    label: str
    value: int | float | None
    shown: str
    target: int | float | None = None


def bars(rows: Iterable[Bar | tuple], title: str = "") -> Markup:
    """Rows as one SVG picture; `title` says what is drawn (the table beside it says it again in full).

    Rows are Bars or tuples in their order. Lengths share one scale: the largest value or target.
    Widths are percentages, so the words keep their size on a phone and on paper.
    """
    drawn = [row if isinstance(row, Bar) else Bar(*row) for row in rows]
    if not drawn:
        return Markup("")
    top = max([1, *(number for row in drawn for number in (row.value, row.target) if number)])
    spoken = "; ".join(f"{row.label} {row.shown}" for row in drawn)
    picture = Markup("").join(_row(row, index * ROW, top) for index, row in enumerate(drawn))
    return Markup('<svg class="bars" role="img" aria-label="%s" width="100%%" height="%d">%s</svg>') % (
        f"{title}: {spoken}" if title else spoken,
        ROW * len(drawn),
        picture,
    )


def _row(row: Bar, y: int, top: float) -> Markup:
    words = Markup('<text x="0" y="%d" font-size="15">%s</text>') % (y + WORDS, row.label)
    number = Markup('<text x="100%%" y="%d" font-size="15" text-anchor="end">%s</text>') % (y + WORDS, row.shown)
    below = y + WORDS + 8
    reached = _line("reached", below, THICK, row.value, top)
    target = _line("target", below + THICK + GAP, SECOND, None if row.value is None else row.target, top)
    return words + number + reached + target


def _line(kind: str, y: int, thick: int, value: float | None, top: float) -> Markup:
    if not value or value < 0:
        return Markup("")
    return Markup('<rect class="%s" x="0" y="%d" width="%s%%" height="%d"></rect>') % (
        kind,
        y,
        f"{100 * value / top:.2f}",
        thick,
    )
