"""Bars drawn on the server as SVG: they print, need no script and carry their numbers as words.

A bar has two lines, the idea of the whole look: the fine dark one is what was reached, the softer one
beside it the target. A withheld cell (``value`` None) draws nothing, so that no length gives it away.
"""

from collections.abc import Iterable, Sequence
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


LINE_WIDTH, LINE_HEIGHT = 144, 36


def trend(values: Sequence[float], title: str, before: Sequence[float] = (), *, unfinished: bool = False) -> Markup:
    """A small line beside a sentence; `before` is the softer line of the time before. The last point of what is not over
    yet is reached by dashes, so that nobody reads a fall in it."""
    top = max([1, *values, *before])
    steps = max(len(values), len(before), 2) - 1

    def points(line: Sequence[float]) -> list[str]:
        return [
            f"{4 + place * (LINE_WIDTH - 8) / steps:.1f},{LINE_HEIGHT - 4 - (LINE_HEIGHT - 8) * value / top:.1f}"
            for place, value in enumerate(line)
        ]

    drawn, old = points(values), points(before)
    solid = drawn[:-1] if unfinished else drawn
    picture = _polyline("target", old) + _polyline("reached", solid)
    if unfinished and len(drawn) > 1:
        picture += _polyline("reached unfinished", drawn[-2:])
    if drawn:
        x, y = drawn[-1].split(",")
        picture += Markup('<circle cx="%s" cy="%s" r="3"></circle>') % (x, y)
    return Markup('<svg class="trend-line" role="img" aria-label="%s" viewBox="0 0 %d %d">%s</svg>') % (
        title,
        LINE_WIDTH,
        LINE_HEIGHT,
        picture,
    )


def _polyline(kind: str, points: Sequence[str]) -> Markup:
    return Markup('<polyline class="%s" points="%s"></polyline>') % (kind, " ".join(points)) if points else Markup("")


@dataclass(frozen=True)
class Column:
    """One month of a year: its short word with a note under it, its value and what that was a year before, all of it in
    words, and where it leads."""

    label: str
    note: str
    value: int
    before: int
    said: str
    url: str = ""
    is_here: bool = False


def columns(rows: Sequence[Column], title: str) -> Markup:
    """Months side by side, each a bar with the thin one of the year before behind it. The table beside it says it in full."""
    top = max([1, *(number for row in rows for number in (row.value, row.before))])
    wide = 100 / max(len(rows), 1)
    picture = Markup("").join(_column(row, place * wide, wide, top) for place, row in enumerate(rows))
    return Markup('<svg class="columns" role="group" aria-label="%s" width="100%%" height="132">%s</svg>') % (
        title,
        picture,
    )


COLUMN_HIGH, COLUMN_FOOT = 100, 104


def _column(row: Column, x: float, wide: float, top: int) -> Markup:
    """The words under a month stand beside its link, which says them in full."""
    bars = Markup("").join(
        [
            _bar("target", x + wide * 0.52, wide * 0.14, row.before, top),
            _bar("reached", x + wide * 0.18, wide * 0.34, row.value, top),
            Markup('<rect class="hit" x="%.2f%%" y="0" width="%.2f%%" height="150"></rect>') % (x, wide),
        ]
    )
    under = Markup(
        '<text x="%.2f%%" y="%d" text-anchor="middle" font-size="15"%s>%s</text>'
        '<text class="note" x="%.2f%%" y="%d" text-anchor="middle" font-size="15">%s</text>'
    ) % (
        x + wide * 0.42,
        COLUMN_FOOT + 20,
        Markup(' class="here"') if row.is_here else "",
        row.label,
        x + wide * 0.42,
        COLUMN_FOOT + 40,
        row.note,
    )
    if not row.url:
        return under + Markup("<g><title>%s</title>%s</g>") % (row.said, bars)
    here = Markup(' aria-current="true"') if row.is_here else ""
    return under + Markup('<a href="%s" aria-label="%s"%s><title>%s</title>%s</a>') % (
        row.url,
        row.said,
        here,
        row.said,
        bars,
    )


def _bar(kind: str, x: float, wide: float, value: int, top: int) -> Markup:
    if value <= 0:
        return Markup("")
    high = max(COLUMN_HIGH * value / top, 1)
    return Markup('<rect class="%s" x="%.2f%%" y="%.1f" width="%.2f%%" height="%.1f"></rect>') % (
        kind,
        x,
        COLUMN_FOOT - high,
        wide,
        high,
    )
