"""No table that is published lets anybody work out a withheld cell.

The attackers here share no code with `mexile.reports.disclosure`: they search for whole,
not negative tables that agree with everything published.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import product

import pytest

from mexile.reports.disclosure import (
    is_small,
    open_tail,
    withheld_nested,
    withheld_rows,
)


@cache
def _vectors(length: int, total: int) -> tuple[tuple[int, ...], ...]:
    """Every way to write `total` as `length` whole numbers."""
    if length == 0:
        return ((),) if total == 0 else ()
    return tuple((first, *rest) for first in range(total + 1) for rest in _vectors(length - 1, total - first))


@cache
def _reach(length: int, total: int) -> tuple[tuple[int, int], ...]:
    """Least and greatest value of each of `length` unknown cells that sum to `total`."""
    found = _vectors(length, total)
    return tuple((min(column), max(column)) for column in zip(*found, strict=True))


def _shown(table: tuple[int, ...], out: frozenset[int]) -> tuple[int | None, ...]:
    return tuple(None if place in out else count for place, count in enumerate(table))


@pytest.mark.parametrize(
    ("cells", "most", "least"),
    [(5, 8, 5), (5, 6, 3), (5, 6, 4), (4, 12, 5), (4, 12, 11), (3, 24, 11), (5, 5, 2)],
)
def test_every_small_table_allows_nothing_and_k_for_each_withheld_cell(cells, most, least):
    looked_at = 0
    for table in product(range(most + 1), repeat=cells):
        out = withheld_rows([(count,) for count in table], [least])
        if out is None:
            assert all(not count for count in table) is False
            continue
        published = _shown(table, out)
        for count in published:
            assert count is None or not 0 < count < least
        unknown = [place for place, count in enumerate(published) if count is None]
        if not unknown:
            continue
        looked_at += 1
        hidden = sum(table) - sum(count for count in published if count is not None)
        for low, high in _reach(len(unknown), hidden):
            assert low == 0, (table, published)
            assert high >= least, (table, published)
    assert looked_at > 100


@pytest.mark.parametrize(("cells", "least", "total"), [(4, 5, 12), (5, 3, 9), (5, 2, 8), (3, 5, 20)])
def test_who_knows_the_rule_still_finds_no_withheld_cell_exactly(cells, least, total):
    """All tables of a sum, grouped by what would be published of them."""
    for whole in range(total + 1):
        alike = defaultdict(list)
        for table in _vectors(cells, whole):
            out = withheld_rows([(count,) for count in table], [least])
            if out:
                alike[_shown(table, out)].append(table)
        for published, tables in alike.items():
            for place, count in enumerate(published):
                if count is None:
                    assert len({table[place] for table in tables}) > 1, (published, tables)


def test_zeros_and_totals_stand_and_only_needed_cells_go():
    assert withheld_rows([(0,), (7,), (9,)], [5]) == frozenset()
    assert withheld_rows([(0,), (3,), (9,), (40,)], [5]) == {1, 2}
    assert withheld_rows([(2,), (4,), (9,)], [5]) == {0, 1}
    assert withheld_rows([(1,), (1,), (0,), (6,), (30,)], [5]) == {0, 1, 3}


def test_a_table_below_k_or_of_single_people_is_merged():
    assert withheld_rows([(3,), (0,)], [5]) is None
    assert withheld_rows([(2,), (2,)], [5]) is None
    assert withheld_rows([(1,), (1,), (1,), (1,), (1,)], [5]) is None


def test_no_column_gives_the_other_away():
    """Parties and people: every pair with people at least parties, both attacked, k = 3."""
    pairs = [(p, q) for p in range(5) for q in range(p, 7) if bool(p) == bool(q)]
    least = [3, 3]
    for table in product(pairs, repeat=3):
        out = withheld_rows(table, least)
        if not out:
            continue
        parties = sum(table[place][0] for place in out)
        people = sum(table[place][1] for place in out)
        for low, high in _reach_pairs(len(out), parties, people):
            assert low == (0, 0), table
            assert high[0] >= 3 and high[1] >= 3, table
        for place, row in enumerate(table):
            assert place in out or not any(is_small(count, 3) for count in row)


@cache
def _reach_pairs(length: int, parties: int, people: int):
    found = [
        tuple(zip(first, second, strict=True))
        for first in _vectors(length, parties)
        for second in _vectors(length, people)
        if all(q >= p for p, q in zip(first, second, strict=True))
    ]
    return [
        (
            (min(row[i][0] for row in found), min(row[i][1] for row in found)),
            (max(row[i][0] for row in found), max(row[i][1] for row in found)),
        )
        for i in range(length)
    ]


def test_an_amount_goes_with_its_row_and_is_never_the_only_one():
    rows = [(3, 500), (9, 0), (20, 800)]
    assert withheld_rows(rows, [5, 1]) == {0, 1, 2}
    assert withheld_rows([(3, 500), (9, 40), (20, 800)], [5, 1]) == {0, 1}


def test_days_in_their_weeks_allow_nothing_and_k():
    """Every pair of weeks of three days with up to four people a day, k = 3; a reader has both tables."""
    least = 3
    parent = [0, 0, 0, 1, 1, 1]
    seen = 0
    for days in product(range(5), repeat=6):
        weeks = [sum(days[:3]), sum(days[3:])]
        out = withheld_nested([(w,) for w in weeks], [(d,) for d in days], parent, [least])
        if out is None or not out.fine and not out.coarse:
            continue
        seen += 1
        equations = []
        for week in (0, 1):
            inside = [d for d in range(6) if parent[d] == week]
            unknown = [d for d in inside if d in out.fine]
            known = sum(days[d] for d in inside if d not in out.fine)
            if week in out.coarse:
                equations.append((unknown, None, known))
            else:
                equations.append((unknown, weeks[week] - known, known))
        hidden_weeks = [w for w in (0, 1) if w in out.coarse]
        loose = [d for unknown, rest, _ in equations if rest is None for d in unknown]
        if hidden_weeks:
            rest = sum(days[d] for d in loose)
            for low, high in _reach(len(loose), rest):
                assert low == 0 and high >= least, (days, out)
            assert len(hidden_weeks) == 2
        for unknown, rest, _ in equations:
            if rest is not None and unknown:
                for low, high in _reach(len(unknown), rest):
                    assert low == 0 and high >= least, (days, out)
        for day in range(6):
            assert day in out.fine or not is_small(days[day], least)
    assert seen > 1000


def test_no_size_of_party_can_be_solved_from_parties_and_people():
    """Every table of sizes 1 to 4 with up to six parties each, k = 3: two equations, attacked."""
    least, tails = 3, 0
    for counts in product(range(7), repeat=4):
        start = open_tail([1, 2, 3, 4], counts, least)
        if start is None:
            continue
        below = [n for size, n in zip((1, 2, 3, 4), counts, strict=True) if size < start]
        assert not any(is_small(n, least) for n in below)
        if start == 5:
            continue
        tails += 1
        inside = {size: counts[size - 1] for size in range(start, 5)}
        parties = sum(inside.values())
        people = sum(size * n for size, n in inside.items())
        for size, n in inside.items():
            if is_small(n, least):
                held = _sizes_held(size, start, parties, people)
                assert 0 in held and max(held) >= least, (counts, start, size, held)
    assert tails > 50


@cache
def _sizes_held(size: int, start: int, parties: int, people: int) -> frozenset[int]:
    """How many parties of `size` there may be among `parties` of `start` or more with `people`."""
    found = set()

    def walk(smallest: int, left: int, rest: int, so_far: int) -> None:
        if left == 0:
            if rest == 0:
                found.add(so_far)
            return
        for chosen in range(smallest, rest // left + 1):
            walk(chosen, left - 1, rest - chosen, so_far + (chosen == size))

    walk(start, parties, people, 0)
    return frozenset(found)


def test_the_shelters_largest_parties_become_six_or_more():
    parties = [6619, 1982, 2475, 1141, 245, 44, 11, 3]
    assert open_tail(range(1, 9), parties, 5) == 6
    assert open_tail(range(1, 9), parties, 11) == 5
