"""What an edition for release leaves out, over all its figures and tables together."""

from __future__ import annotations

import random
from datetime import date

from mexile.grants.population.queries import Population
from mexile.ground.both import Both
from mexile.reports.definition import read
from mexile.reports.measures import NESTED
from mexile.reports.numbers import CategoryRow, Figure, Numbers, Scope, Table
from mexile.reports.release import release

WORDS = '{ en = "Words", es = "Palabras" }'
CHAPTERS = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c1": "c"}


def _definition(figures=(), tables=()):
    body = f'name = "x"\ntitle = {WORDS}\nabout = {WORDS}\nsentence = {WORDS}\n'
    for name, measure in figures:
        body += f'[[figures]]\nname = "{name}"\nlabel = {WORDS}\nmeasure = "{measure}"\n'
    for by in tables:
        body += f'[[tables]]\nname = "{by}"\ntitle = {WORDS}\nby = "{by}"\nmeasures = ["people"]\n'
    return read(body.encode(), "x.toml")


def _numbers(figures=(), tables=()) -> Numbers:
    """`figures`: (name, value, scope); `tables`: (by, {code: count}, total)."""
    definition = _definition([(name, scope.measure) for name, _, scope in figures], [by for by, _, _ in tables])
    return Numbers(
        definition,
        date(2026, 1, 1),
        date(2026, 3, 31),
        tuple(
            Figure(spec, value, scope, value)
            for spec, (_, value, scope) in zip(definition.figures, figures, strict=True)
        ),
        tuple(
            Table(
                spec,
                tuple(CategoryRow(code, Both(code, code), (count,), count) for code, count in counts.items()),
                (total,),
                guard=total,
            )
            for spec, (_, counts, total) in zip(definition.tables, tables, strict=True)
        ),
        Population(date(2026, 1, 1), date(2026, 3, 31)),
        chapters=CHAPTERS,
    )


def _hidden(numbers: Numbers, name: str) -> set[str]:
    return {row.code for row in release(numbers).table(name).rows if row.is_withheld}


PEOPLE = Scope("people")


def test_a_figure_that_is_a_withheld_cell_is_withheld_too():
    figure = ("b", 8, Scope("people", frozenset({"b1", "b2"})))
    numbers = _numbers([figure], [("category", {"a": 90, "b": 8, "c": 2}, 95)])
    assert _hidden(numbers, "category") == {"b", "c"}
    assert release(numbers).figure("b").value is None


def test_a_figure_is_withheld_where_the_rest_of_a_wider_one_is_small():
    numbers = _numbers([("all", 100, PEOPLE), ("new", 97, Scope("people", None, "new"))])
    released = release(numbers)
    assert released.figure("all").value == 100 and released.figure("new").value is None


def test_new_and_continuing_hide_one_another():
    figures = [
        ("all", 100, PEOPLE),
        ("new", 3, Scope("people", None, "new")),
        ("old", 97, Scope("people", None, "continuing")),
    ]
    numbers = _numbers(figures, [("cohort", {"new": 3, "continuing": 97}, 100)])
    released = release(numbers)
    assert [figure.value for figure in released.figures] == [100, None, None]
    assert _hidden(numbers, "cohort") == {"new", "continuing"}


def test_some_of_the_withheld_types_are_no_figure():
    counts = {"a1": 3, "b1": 4, "c1": 50}
    numbers = _numbers([("a1", 7, Scope("acts", frozenset({"a1", "a2"})))], [("type", counts, 55)])
    assert release(numbers).figure("a1").value is None


def test_types_hide_inside_their_chapter():
    types = {"a1": 3, "a2": 30, "a3": 40, "b1": 9, "b2": 9, "c1": 50}
    chapters = {"a": 60, "b": 15, "c": 50}
    numbers = _numbers((), [("type", types, 100), ("category", chapters, 100)])
    assert _hidden(numbers, "type") == {"a1", "a2"}
    assert _hidden(numbers, "category") == set()


def test_a_table_of_too_few_shows_its_total_or_nothing():
    few = release(_numbers((), [("gender", {"woman": 2, "man": 1}, 3)])).table("gender")
    assert (few.shown, few.rows, few.total) == ("nothing", (), (None,))
    ones = dict.fromkeys(["woman", "man", "other", "nonbinary", "unsaid"], 1)
    single = release(_numbers((), [("gender", ones, 5)])).table("gender")
    assert (single.shown, single.rows, single.total) == ("total", (), (5,))


def test_the_order_of_withheld_rows_says_nothing():
    counts = {"zz": 4, "mx": 50, "gt": 1, "hn": 2, "sv": 30}
    table = release(_numbers((), [("nationality", counts, 87)])).table("nationality")
    assert [row.code for row in table.rows] == ["mx", "sv", "gt", "hn", "zz"]


def test_nothing_of_a_withheld_number_is_left_in_what_is_released():
    numbers = _numbers([("all", 7777, PEOPLE), ("few", 4, Scope("people", frozenset({"a1"})))])
    released = release(numbers)
    assert released.figure("few").guard == 0 and " guard=4" not in repr(released)
    assert not released.fixes


def test_what_is_released_is_the_same_withheld_once_more():
    """Over many invented reports: small cells gone, sums hidden, equal numbers equally hidden."""
    dice = random.Random(11)
    for _ in range(400):
        types = {code: dice.choice([0, 0, 1, 2, 4, 6, 9, 30]) for code in CHAPTERS}
        chapters = {one: max(v for k, v in types.items() if CHAPTERS[k] == one) for one in "abc"}
        genders = {code: dice.choice([0, 1, 3, 5, 20]) for code in ("woman", "man", "unknown")}
        total = sum(genders.values())
        if total < max(chapters.values()):
            genders["woman"] += max(chapters.values()) - total
            total = sum(genders.values())
        pick = dice.choice("abc")
        scope = Scope("people", frozenset(code for code, one in CHAPTERS.items() if one == pick))
        numbers = _numbers(
            [("all", total, PEOPLE), ("part", chapters[pick], scope)],
            [("type", types, total), ("category", chapters, total), ("gender", genders, total)],
        )
        _check(numbers, release(numbers), pick)


def _check(exact: Numbers, released: Numbers, pick: str) -> None:
    for table in released.tables:
        whole = {row.code: row.values[0] for row in exact.table(table.spec.name).rows}
        gone = [whole[row.code] for row in table.rows if row.is_withheld]
        assert all(value is None or value == 0 or value >= 5 for row in table.rows for value in row.values)
        if gone and table.spec.by not in NESTED:
            assert sum(count > 0 for count in gone) >= 2 and sum(gone) >= 5, (whole, gone)
    rows = {row.code: row for table in released.tables if table.spec.by == "category" for row in table.rows}
    if pick in rows and rows[pick].is_withheld:
        assert released.figure("part").value is None
