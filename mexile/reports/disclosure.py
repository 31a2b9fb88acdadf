"""Which cells of a one-way table may be shown, so that nobody can be worked out from it.

The custom behind it: the US statistics offices publish no cell from 1 to k-1 "nor anything
from which it can be derived" (CMS cell size policy; Washington DOH small numbers guideline).

**Promised.** Take a reader who has everything that was published (the shown cells, the exact
totals, the zeros), knows that counts are whole and not negative, that the rows add up, and
that rows of a finer table add up to those of a coarser one. For every withheld cell, what she
has allows 0 and allows at least k. She may also know this code: then she knows that a withheld
cell is not empty (empty ones are shown), and still no withheld cell has only one possible value.

**Not promised.** That she can't rule out values one by one (who knows the code knows that
every cell she sees is at least k or empty, and that at least one withheld is below k); that
two editions a few people apart (of periods, of grants) can't be subtracted: release fixed
calendar periods, and see `rules.problems_of_release`; that a reader who knows some of the people learns nothing; that a cell where
everybody falls into one category says nothing about them. Narrative is not read at all.

A row is a tuple of columns (parties and people, people and acts); `least` holds one k a
column, 1 for amounts (minutes, money), which are withheld with their row and never for
being small. A row that is withheld in one column is withheld in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mexile.ground.small_count import is_small

CountRow = Sequence[int]


def withheld_rows(
    rows: Sequence[CountRow], least: Sequence[int], also: frozenset[int] = frozenset()
) -> frozenset[int] | None:
    """The rows to withhold when the rows add up to totals that are shown.

    The small ones; then the next smallest join (all of the same size at once, or their order
    in the table would tell which) until at least two non-empty cells of each column are
    withheld and together reach k. None when even all of them are not enough: then the
    categories must be merged. `also` are rows that are withheld for a reason elsewhere.
    """
    out = set(also) | {
        place for place, row in enumerate(rows) if any(is_small(count, k) for count, k in zip(row, least, strict=True))
    }
    while out:
        weak = [c for c, k in enumerate(least) if not _hides([rows[place][c] for place in out], k)]
        if not weak:
            break
        candidates = [
            (tuple(rows[place][c] for c in weak), place)
            for place in range(len(rows))
            if place not in out and any(rows[place][c] for c in weak)
        ]
        if not candidates:
            return None
        least_key = min(candidates)[0]
        out.update(place for key, place in candidates if key == least_key)
    return frozenset(out)


def _hides(cells: Iterable[int], least: int) -> bool:
    """Whether cells that are withheld together hide one another, given their sum.

    Two that are not empty let each be 0; a sum of k lets each be k. The rest is for a reader
    who knows this code: all of them 1, or all of them k-1, would be known from their sum.
    """
    full = [count for count in cells if count]
    if not full:
        return True
    if len(full) < 2 or sum(full) < least:
        return False
    return not (max(full) == 1 or (least > 1 and min(full) == max(full) == least - 1))


@dataclass(frozen=True)
class Nested:
    """What to withhold of a coarse table and of the finer one whose rows add up to it."""

    coarse: frozenset[int]
    fine: frozenset[int]


def withheld_nested(
    coarse: Sequence[CountRow],
    fine: Sequence[CountRow],
    parent: Sequence[int],
    least: Sequence[int],
    also: Nested = Nested(frozenset(), frozenset()),  # noqa: B008 (frozen)
) -> Nested | None:
    """The same for two tables of one edition where `parent[f]` is the coarse row of fine row f.

    Days and their weeks: a day withheld alone in its week would be the week less its other
    days. Inside a week that is shown the days hide one another; the days of a week that is
    withheld are withheld too. Where the days of a shown week can't hide one another, all its
    days go, the empty ones as well: they are merged into the week.
    """
    out = withheld_rows(coarse, least, also.coarse)
    if out is None:
        return None
    hidden: set[int] = set(also.fine)
    for week in range(len(coarse)):
        days = [place for place, above in enumerate(parent) if above == week]
        if week in out:
            hidden.update(place for place in days if any(fine[place]))
            continue
        kept = frozenset(i for i, place in enumerate(days) if place in also.fine)
        inside = withheld_rows([fine[place] for place in days], least, kept)
        hidden.update(days if inside is None else (days[place] for place in inside))
    return Nested(out, frozenset(hidden))


def open_tail(sizes: Sequence[int], parties: Sequence[int], least: int) -> int | None:
    """The size from which parties are shown as "this size or more", or None to show no sizes.

    A party of size s is s people, and the people of all parties are published: two equations,
    with which two withheld sizes would be solved exactly. So sizes are never withheld but
    merged at the upper end: the least merging after which no size below the tail is small
    and, for every small size inside it, the parties and people of the tail allow 0 and k.
    `sizes` ascend. The last size's number + 1 is returned when nothing needs merging.
    """
    small = [s for s, count in zip(sizes, parties, strict=True) if is_small(count, least)]
    if not small:
        return sizes[-1] + 1 if sizes else 1
    for start in range(small[0], 0, -1):
        inside = [(s, n) for s, n in zip(sizes, parties, strict=True) if s >= start]
        count = sum(n for _, n in inside)
        people = sum(s * n for s, n in inside)
        if all(_tail_hides(s, start, count, people, least) for s, n in inside if is_small(n, least)):
            return start if start > sizes[0] else None
    return None


def _tail_hides(size: int, start: int, count: int, people: int, least: int) -> bool:
    """Whether `count` parties of at least `start`, `people` in all, may hold none and k of `size`."""
    extra = people - start * count
    step = size - start
    spare = extra - least * step
    if not (count > least and spare >= 0) and not (count == least and spare == 0):
        return False
    if step == 0:
        return extra >= count
    return extra != step or (count >= 2 and step >= 2)
