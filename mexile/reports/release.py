"""From exact numbers to those of an edition for release: what is small, and what would
give it away, is taken out of every figure, table, share and sentence.

Tables are protected one by one (`disclosure`), days together with their weeks. Then numbers
that count the same are made equal: what is withheld in one place is withheld everywhere, and
the protection runs again, until nothing changes. A figure that counts a part of another
number is withheld too where the rest would be small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mexile.ground.both import Both
from mexile.ground.small_count import is_small
from mexile.reports.category import reordered
from mexile.reports.disclosure import (
    Nested,
    open_tail,
    withheld_nested,
    withheld_rows,
)
from mexile.reports.measures import COUNTS, NESTED
from mexile.reports.numbers import UNKNOWN, CategoryRow, Figure, Numbers, Scope, Table


def release(numbers: Numbers) -> Numbers:
    """The numbers as an edition for release shows them; k is the report's own."""
    work = _Release(numbers, numbers.definition.least)
    while work.withholds_more():
        pass
    return replace(
        numbers,
        figures=tuple(work.figure(figure) for figure in numbers.figures),
        tables=tuple(work.table(table) for table in numbers.tables),
        fixes=(),
        audience="release",
    )


@dataclass
class _Release:
    """What is known so far to be withheld. A table is in at most one of `only_total` and
    `nothing`; `rows` holds the places of its withheld rows, `tails` where sizes are merged."""

    numbers: Numbers
    least: int
    figures: set[str] = field(default_factory=set)
    rows: dict[str, frozenset[int]] = field(default_factory=dict)
    only_total: set[str] = field(default_factory=set)
    nothing: set[str] = field(default_factory=set)
    tails: dict[str, int] = field(default_factory=dict)

    def withholds_more(self) -> bool:
        """One round over everything; whether it found more to withhold."""
        before = self._state()
        for table in self.numbers.tables:
            self._protect(table)
        for figure in self.numbers.figures:
            if is_small(figure.guard, self.least) or self._tells(figure.scope, figure.value or 0):
                self.figures.add(figure.spec.name)
        self._make_equal()
        return self._state() != before

    def _state(self) -> tuple[object, ...]:
        return set(self.figures), dict(self.rows), set(self.only_total), set(self.nothing)

    def _is_gone(self, table: Table) -> bool:
        return table.spec.name in self.nothing or table.spec.name in self.only_total

    def _out(self, table: Table) -> frozenset[int]:
        return self.rows.get(table.spec.name, frozenset())

    # ---- tables ----

    def _protect(self, table: Table) -> None:
        totals = zip(table.spec.measures, table.total, strict=True)
        if is_small(table.guard, self.least) or any(
            self._tells(table.scope(measure), value or 0) for measure, value in totals
        ):
            self.nothing.add(table.spec.name)
        if self._is_gone(table) or self._coarser(table):
            return
        if table.spec.by == "size":
            self._merge_tail(table)
        elif fine := self._finer(table):
            self._protect_both(table, fine)
        else:
            self._keep(table, withheld_rows(_cells(table), self._k(table), self._out(table)))

    def _protect_both(self, coarse: Table, fine: Table) -> None:
        codes = [row.code for row in coarse.rows]
        parents = [codes.index(self.numbers.parent(fine.spec.by, row.code)) for row in fine.rows]
        withheld = withheld_nested(
            _cells(coarse),
            _cells(fine),
            parents,
            self._k(coarse),
            Nested(self._out(coarse), self._out(fine)),
        )
        self._keep(coarse, withheld.coarse if withheld else None)
        self._keep(fine, withheld.fine if withheld else None)

    def _finer(self, table: Table) -> Table | None:
        """The table still shown whose rows add up to this one's."""
        for other in self.numbers.tables:
            if NESTED.get(other.spec.by) == table.spec.by and not self._is_gone(other):
                return other
        return None

    def _coarser(self, table: Table) -> Table | None:
        for other in self.numbers.tables:
            if NESTED.get(table.spec.by) == other.spec.by and not self._is_gone(other):
                return other
        return None

    def _merge_tail(self, table: Table) -> None:
        sized = [row for row in table.rows if row.number is not None]
        start = open_tail([row.number or 0 for row in sized], [row.guard for row in sized], self.least)
        if start is None or any(row.guard for row in table.rows if row.number is None):
            self.only_total.add(table.spec.name)
        else:
            self.tails[table.spec.name] = start

    def _k(self, table: Table) -> list[int]:
        return [*(self.least if m in COUNTS else 1 for m in table.spec.measures), self.least]

    def _keep(self, table: Table, out: frozenset[int] | None) -> None:
        if out is None:
            self.only_total.add(table.spec.name)
        else:
            self.rows[table.spec.name] = self._out(table) | out

    # ---- numbers that tell others ----

    def _tells(self, scope: Scope, count: int) -> bool:
        """Whether a count is small itself, or what is left of a wider published number would be."""
        if scope.measure not in COUNTS:
            return False
        return is_small(count, self.least) or any(
            wider.holds(scope) and is_small(whole - count, self.least) for wider, whole in self._published()
        )

    def _published(self) -> Iterator[tuple[Scope, int]]:
        for figure in self.numbers.figures:
            if figure.spec.name not in self.figures:
                yield figure.scope, figure.value or 0
        for table in self.numbers.tables:
            if table.spec.name not in self.nothing:
                for measure, value in zip(table.spec.measures, table.total, strict=True):
                    yield table.scope(measure), value or 0

    def _make_equal(self) -> None:
        """What is withheld in one place is withheld wherever the same is counted."""
        out = self._withheld_scopes()
        for figure in self.numbers.figures:
            if figure.scope in out or self._splits(figure):
                self.figures.add(figure.spec.name)
        for table in self.numbers.tables:
            if any(table.scope(measure) in out for measure in table.spec.measures):
                self.nothing.add(table.spec.name)
            if not self._is_gone(table) and table.spec.by != "size":
                same = {p for p, scope in self._cell_scopes(table) if scope in out}
                self.rows[table.spec.name] = self._out(table) | same

    def _cell_scopes(self, table: Table) -> Iterator[tuple[int, Scope]]:
        """(place, scope) of each cell that is not empty."""
        for place, row in enumerate(table.rows):
            for measure, value in zip(table.spec.measures, row.values, strict=True):
                if value:
                    yield place, self.numbers.row_scope(table, row, measure)

    def _withheld_scopes(self) -> set[Scope]:
        scopes = {f.scope for f in self.numbers.figures if f.spec.name in self.figures}
        for table in self.numbers.tables:
            if table.spec.name in self.nothing:
                scopes.update(table.scope(measure) for measure in table.spec.measures)
            elif not self._is_gone(table):
                out = self._out(table)
                scopes.update(scope for place, scope in self._cell_scopes(table) if place in out)
        return scopes

    def _splits(self, figure: Figure) -> bool:
        """Whether the figure counts some, and not all, of the withheld types of a table, so
        that the sum of the others would be known. A chapter's own figure is as safe as its row."""
        kinds = figure.scope.types
        if kinds is None or self._is_a_row(figure):
            return False
        for table in self.numbers.tables:
            if table.spec.by in ("type", "category") and not self._is_gone(table):
                out = [table.rows[place] for place in self._out(table)]
                measure = figure.spec.measure
                hidden = [self.numbers.row_scope(table, row, measure).types or frozenset() for row in out]
                touched = [types for types in hidden if types & kinds]
                if touched and len(touched) < len(hidden):
                    return True
        return False

    def _is_a_row(self, figure: Figure) -> bool:
        return any(
            figure.scope == self.numbers.row_scope(table, row, figure.spec.measure)
            for table in self.numbers.tables
            if table.spec.by == "category" and not self._is_gone(table)
            for row in table.rows
        )

    # ---- what is shown ----

    def figure(self, figure: Figure) -> Figure:
        value = None if figure.spec.name in self.figures else figure.value
        return replace(figure, value=value, guard=0)

    def table(self, table: Table) -> Table:
        name = table.spec.name
        if name in self.nothing:
            nought = (None,) * len(table.total)
            return replace(table, rows=(), total=nought, shown="nothing", guard=0)
        if name in self.only_total:
            return replace(table, rows=(), shown="total", guard=0)
        if name in self.tails:
            return _with_tail(table, self.tails[name])
        out = self._out(table)
        silent = [any(table.rows[place].values[column] for place in out) for column in range(len(table.spec.measures))]
        rows = tuple(
            _without_values(row, silent) if place in out else replace(row, guard=0)
            for place, row in enumerate(table.rows)
        )
        shown = "withheld" if out else "whole"
        return reordered(replace(table, rows=rows, shown=shown, guard=0))


def _cells(table: Table) -> list[tuple[int, ...]]:
    """The values of each row, and the people behind them."""
    return [(*(value or 0 for value in row.values), row.guard) for row in table.rows]


def _without_values(row: CategoryRow, silent: list[bool]) -> CategoryRow:
    """A withheld row. A column in which no withheld row has anything keeps its zeros."""
    values = zip(row.values, silent, strict=True)
    return replace(row, values=tuple(None if hide else value for value, hide in values), guard=0)


def _with_tail(table: Table, start: int) -> Table:
    """The sizes from `start` on in one row, "`start` or more"."""
    tail = [row for row in table.rows if row.number is not None and row.number >= start]
    rows = [replace(row, guard=0) for row in table.rows if row not in tail]
    if not tail:
        return replace(table, rows=tuple(rows), guard=0)
    values = zip(*(row.values for row in tail), strict=True)
    merged = CategoryRow(
        f"{start}+",
        Both(f"{start} people or more", f"{start} personas o más"),
        tuple(sum(value or 0 for value in column) for column in values),
    )
    unknown = [row for row in rows if row.code == UNKNOWN]
    sized = [row for row in rows if row.code != UNKNOWN]
    return replace(table, rows=(*sized, merged, *unknown), shown="merged", guard=0)
