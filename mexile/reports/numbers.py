"""What a report says, counted: the one object that the page and the workbook both draw.

`None` is a number that is withheld. An object for release holds no trace of what it withholds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mexile.grants.population.queries import Population
from mexile.ground.both import Both
from mexile.reports.definition import HOLE
from mexile.reports.spec import Definition, FigureSpec, ShareSpec, TableSpec
from mexile.reports.wording import say, say_day, say_share

FEWEST_FOR_SHARE = 20
"""No percentage is said of fewer people than this."""
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scope:
    """Exactly what a number counts; two numbers of equal scope are the same number."""

    measure: str
    types: frozenset[str] | None = None
    cohort: str | None = None
    cell: tuple[str, str] | None = None

    def holds(self, other: Scope) -> bool:
        """Whether `other` counts a part of what this one counts."""
        wider = self.types is None or (other.types is not None and other.types <= self.types)
        return (
            self.measure == other.measure
            and self.cell is None
            and other.cell is None
            and wider
            and self.cohort in (None, other.cohort)
            and self != other
        )


@dataclass(frozen=True)
class Figure:
    """One number. `guard` is the number of people behind an amount; `target` what the whole grant promised to reach,
    where it is one of the grant's own indicators."""

    spec: FigureSpec
    value: int | None
    scope: Scope
    guard: int = 0
    target: int | None = None


@dataclass(frozen=True)
class CategoryRow:
    """One category: its code, its names, a value for each of the table's measures."""

    code: str
    name: Both
    values: tuple[int | None, ...]
    guard: int = 0
    number: int | None = None

    @property
    def is_withheld(self) -> bool:
        return None in self.values


@dataclass(frozen=True)
class Table:
    """`shown`: "whole"; "withheld", some rows are; "merged", the largest sizes stand in one
    row; "total", only the total can be said; "nothing"."""

    spec: TableSpec
    rows: tuple[CategoryRow, ...]
    total: tuple[int | None, ...]
    types: frozenset[str] | None = None
    shown: str = "whole"
    guard: int = 0

    def column(self, measure: str) -> int:
        return self.spec.measures.index(measure)

    def scope(self, measure: str) -> Scope:
        """What its total counts."""
        return Scope(measure, self.types, self.spec.filters.cohort)


@dataclass(frozen=True)
class Fix:
    """Something in the records to mend before the report is sent: how many, and what."""

    name: str
    count: int
    words: Both


@dataclass(frozen=True)
class ReportAward:
    """The award that a report is of: its title, and its own days."""

    title: Both
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Numbers:
    """A report over a period, and for a grant where it is one's. `base` is what counts at all, before any
    filter: the days asked for, clipped to the award's own. `changes` are the rules of counting that changed, with their days."""

    definition: Definition
    from_on: date
    to_on: date
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    base: Population
    fixes: tuple[Fix, ...] = ()
    grant: str | None = None
    award: ReportAward | None = None
    audience: str = "internal"
    spans_years: bool = False
    changes: tuple[tuple[str, date], ...] = ()
    chapters: Mapping[str, str] = field(default_factory=dict)
    type_names: Mapping[str, Both] = field(default_factory=dict)

    def figure(self, name: str) -> Figure:
        return next(figure for figure in self.figures if figure.spec.name == name)

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.spec.name == name)

    @property
    def is_clipped(self) -> bool:
        """Whether the award's own days leave out some of those asked for."""
        return self.award is not None and (self.award.from_on > self.from_on or self.award.to_on < self.to_on)

    @property
    def is_released(self) -> bool:
        return self.audience == "release"

    @property
    def withholds(self) -> bool:
        return any(figure.value is None for figure in self.figures) or any(
            table.shown != "whole" for table in self.tables
        )

    def row_scope(self, table: Table, row: CategoryRow, measure: str) -> Scope:
        """What a cell counts."""
        whole = table.scope(measure)
        if table.spec.by == "type":
            return replace(whole, types=frozenset({row.code}))
        if table.spec.by == "category":
            inside = {code for code, chapter in self.chapters.items() if chapter == row.code}
            return replace(whole, types=frozenset(inside) & (table.types or inside))
        if table.spec.by == "cohort":
            return replace(whole, cohort=row.code)
        return replace(whole, cell=(table.spec.by, row.code))

    def parent(self, by: str, code: str) -> str:
        """The code of the coarser row that holds the finer row `code`."""
        if code == UNKNOWN:
            return UNKNOWN
        if by == "type":
            return self.chapters[code]
        if by == "month":
            return f"{code[:4]}-Q{(int(code[5:]) + 2) // 3}"
        day = date.fromisoformat(code)
        return (day - timedelta(days=day.weekday())).isoformat()

    def shares(self) -> Iterator[tuple[ShareSpec, int | None, int | None, float | None]]:
        """(spec, numerator, denominator, share from 0 to 1), None for what is withheld or
        stands for too few."""
        for spec in self.definition.shares:
            above = self.figure(spec.numerator).value
            below = self.figure(spec.denominator).value
            if above is None or below is None or below < FEWEST_FOR_SHARE:
                yield spec, above, below, None
            else:
                yield spec, above, below, above / below

    def sentence(self, lang: str) -> str:
        """The report in one sentence, ready to copy."""
        figures = {figure.spec.name: figure for figure in self.figures}
        shares = {spec.name: share for spec, _, _, share in self.shares()}
        days = {"from": self.from_on, "to": self.to_on}

        def fill(name: str, singular: str | None, many: str | None) -> str:
            if name in days:
                return say_day(days[name], lang)
            if name in shares:
                return say_share(shares[name], lang)
            figure = figures[name]
            noun = "" if singular is None else f" {singular if figure.value == 1 else many}"
            return say(figure.spec.measure, figure.value, lang, in_words=True) + noun

        return HOLE.sub(lambda hole: fill(hole[1], hole[2], hole[3]), self.definition.sentence.text(lang))
