"""Count a report: SQL aggregates in one consistent read, put into `Numbers`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from mexile.arrivals.models import ArrivalParty
from mexile.grants.award.models import GrantAward
from mexile.grants.funder.models import Funder
from mexile.grants.indicator.queries import indicators_of, is_mixed
from mexile.grants.population.queries import Population, aged, counted, population_of, total
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.ground.rule_change import rule_changes
from mexile.ground.vocabulary import vocabulary
from mexile.reports.category import band_code, category_row, code_of, months_between, ordered
from mexile.reports.measures import ARRIVALS
from mexile.reports.numbers import UNKNOWN, CategoryRow, Figure, Numbers, ReportAward, Scope, Table
from mexile.reports.quality import fixes
from mexile.reports.queries import arrival_column
from mexile.reports.spec import Definition, FigureSpec, Filters, TableSpec
from mexile.reports.wording import age_title
from mexile.services.service_type.models import ServiceType


def run(definition: Definition, from_on: date, to_on: date, grant: str | None = None) -> Numbers:
    """The exact numbers of a report from one day to another, both included.

    `grant` narrows them to what counts for that award. Raises Invalid when the days are the
    wrong way round or when new and continuing people are asked over two fiscal years; a funder may ask its
    grant so, and then the year in which the days begin tells who is new.
    """
    counting = _Counting(definition, from_on, to_on, grant)
    with_one_look()
    arrives = definition.source is ARRIVALS
    if arrives:
        arrived = _Arrived(from_on, to_on)
        figures = tuple(arrived.figure(spec) for spec in definition.figures)
        tables = tuple(arrived.table(spec) for spec in definition.tables)
    else:
        figures = (*(counting.figure(spec) for spec in definition.figures), *counting.targets())
        tables = tuple(counting.table(spec) for spec in definition.tables)
    return Numbers(
        definition,
        from_on,
        to_on,
        figures,
        tables,
        counting.base,
        fixes(tables, None if arrives else counting.population(Filters())),
        grant,
        _shown_award(counting.award) if counting.award else None,
        spans_years=not arrives and counting.spans_years,
        changes=() if arrives else _changes(definition, grant),
        chapters=counting.category,
        type_names=counting.types,
    )


def with_one_look() -> None:
    """All that follows reads one and the same moment. SQLite's read transaction does so by
    itself; PostgreSQL has to be asked."""
    if db.engine.dialect.name == "postgresql":
        db.session.rollback()
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def fiscal_year_start(day: date, month: int) -> date:
    """The first day of the fiscal year in which `day` lies, when years begin in `month`."""
    return date(day.year if day.month >= month else day.year - 1, month, 1)


def _changes(definition: Definition, grant: str | None) -> tuple[tuple[str, date], ...]:
    """The rules that changed, of those that these numbers are counted by."""
    measures = {spec.measure for spec in definition.figures}
    measures |= {measure for spec in definition.tables for measure in spec.measures}
    by = {spec.by for spec in definition.tables}
    asked = {"hours": "minutes" in measures, "quantity": "units" in measures, "age": "age" in by, "award": bool(grant)}
    return tuple(rule_changes({code for code, applies in asked.items() if applies}))


def _shown_award(award: GrantAward) -> ReportAward:
    return ReportAward(Both(award.title_en, award.title_es), award.from_on, award.to_on)


def _award(code: str) -> GrantAward:
    award = db.session.scalar(select(GrantAward).where(GrantAward.code == code))
    if award is None:
        raise NotHere(code)
    return award


class _Counting:
    """The numbers over services: filters resolved, names at hand."""

    def __init__(self, definition: Definition, from_on: date, to_on: date, grant: str | None):
        if to_on < from_on:
            raise Invalid(
                Problem(
                    "to",
                    "The last day lies before the first one.",
                    "El último día es anterior al primero.",
                )
            )
        self.definition, self.from_on, self.to_on = definition, from_on, to_on
        self.award = _award(grant) if grant else None
        month = definition.fiscal_year_month
        if self.award:
            month = db.session.get_one(Funder, self.award.funder_id).fiscal_year_month or month
        self.year_from = fiscal_year_start(from_on, month)
        self.base = population_of(self.award, from_on, to_on, self.year_from)
        self._check_year(month)
        types = db.session.execute(select(ServiceType).order_by(ServiceType.position)).scalars().all()
        self.types = {row.code: Both(row.en, row.es) for row in types}
        self.category = {row.code: row.category for row in types}

    def _check_year(self, month: int) -> None:
        cohorts = [spec.filters.cohort for spec in self.definition.figures]
        cohorts += [spec.filters.cohort for spec in self.definition.tables]
        asked = any(cohorts) or any(spec.by == "cohort" for spec in self.definition.tables)
        self.spans_years = asked and fiscal_year_start(self.to_on, month) != self.year_from
        if self.spans_years and self.award is None:
            raise Invalid(
                Problem(
                    "to",
                    "This report counts new and continuing people: choose days within one "
                    f"fiscal year of the funder, which begins in month {month}.",
                    "Este reporte cuenta personas nuevas y que continúan: elija días de un solo "
                    f"año fiscal del financiador, que empieza en el mes {month}.",
                )
            )

    def resolve(self, filters: Filters) -> frozenset[str] | None:
        """The types of service that filters leave, or None for all."""
        if filters.types is None and filters.categories is None:
            return None
        inside = filters.categories or frozenset()
        asked = frozenset(code for code, kind in self.category.items() if kind in inside)
        asked |= filters.types or frozenset()
        return None if asked >= set(self.category) else asked

    def population(self, filters: Filters) -> Population:
        return self.base.only(self.resolve(filters), filters.cohort)

    def figure(self, spec: FigureSpec) -> Figure:
        population = self.population(spec.filters)
        value = total(spec.measure, population)
        guard = value if spec.measure == "people" else total("people", population)
        return Figure(spec, value, Scope(spec.measure, population.types, spec.filters.cohort), guard)

    def targets(self) -> list[Figure]:
        """The indicators of the grant, each a figure like the report's own."""
        if self.award is None:
            return []
        return [
            replace(
                self.figure(
                    FigureSpec(f"target-{row.id}", Both(row.en, row.es), row.measure, Filters(row.types or None))
                ),
                target=row.target,
            )
            for row in indicators_of(self.award)
            if not is_mixed(row, self.base)
        ]

    def table(self, spec: TableSpec) -> Table:
        population = self.population(spec.filters)
        measures = list(dict.fromkeys((*spec.measures, "people")))
        counts = counted(measures, population, spec.by, spec.bands)
        whole = counted(measures, population)[None]
        rows = {code_of(spec, key): row for key, row in counts.items()}
        for code in self._always(spec, population):
            rows.setdefault(code, dict.fromkeys(measures, 0))
        category_rows = [category_row(spec, code, row, self.types) for code, row in rows.items()]
        return Table(
            spec,
            ordered(spec, self._titled(category_rows, population, spec) if spec.by == "age" else category_rows),
            tuple(whole[measure] for measure in spec.measures),
            population.types,
            guard=whole["people"],
        )

    def _titled(self, rows: list[CategoryRow], population: Population, spec: TableSpec) -> list[CategoryRow]:
        """Bands of age whose title says so where of some people, or of all, only the year of birth is known."""
        by_year = {person.by_year for person in aged(population, spec.bands).values() if person.age is not None}
        return [
            row if row.code == UNKNOWN else replace(row, name=age_title(row.code, row.name, by_year)) for row in rows
        ]

    def _always(self, spec: TableSpec, population: Population) -> list[str]:
        """Codes that stand in the table even when nobody is in them."""
        if spec.by == "gender":
            return [*vocabulary("gender"), UNKNOWN]
        if spec.by == "category":
            inside = population.types
            return [
                code
                for code in vocabulary("service_category")
                if inside is None or any(self.category[kind] == code for kind in inside)
            ]
        if spec.by == "age":
            return [*(band_code(start, spec.bands) for start in spec.bands), UNKNOWN]
        if spec.by == "cohort":
            return ["new", "continuing"]
        if spec.by in ("month", "quarter"):
            return months_between(self.from_on, self.to_on, spec.by)
        return [] if spec.by == "type" else [UNKNOWN]


class _Arrived:
    """The numbers over arrival parties, all from one pass of the database over the period."""

    def __init__(self, from_on: date, to_on: date):
        self.from_on, self.to_on = from_on, to_on
        self.inside = ArrivalParty.arrival_date.between(from_on, to_on)
        parties, people = db.session.execute(
            select(func.count(), func.coalesce(func.sum(ArrivalParty.people), 0)).where(self.inside)
        ).one()
        self.whole = {"parties": int(parties), "people": int(people)}

    def figure(self, spec: FigureSpec) -> Figure:
        return Figure(spec, self.whole[spec.measure], Scope(spec.measure), self.whole["parties"])

    def table(self, spec: TableSpec) -> Table:
        rows: dict[str, dict[str, int]] = {code: dict(_NONE) for code in self._always(spec)}
        for key, parties, people in self._grouped(spec.by):
            row = rows.setdefault(_arrived_code(spec.by, key), dict(_NONE))
            row["parties"] += int(parties)
            row["people"] += int(people)
        category_rows = [category_row(spec, code, row, {}) for code, row in rows.items()]
        return Table(
            spec,
            ordered(spec, [replace(row, guard=rows[row.code]["parties"]) for row in category_rows]),
            tuple(self.whole[measure] for measure in spec.measures),
            guard=self.whole["parties"],
        )

    def _grouped(self, by: str) -> Any:
        column = arrival_column(by)
        return db.session.execute(
            select(column, func.count(), func.sum(ArrivalParty.people)).where(self.inside).group_by(column)
        )

    def _always(self, spec: TableSpec) -> list[str]:
        """Every day and week of the period, and the row for what is not known."""
        days = (self.to_on - self.from_on).days + 1 if spec.by in ("day", "week") else 0
        each = (self.from_on + timedelta(days=step) for step in range(min(days, 3660)))
        return [*dict.fromkeys(_arrived_code(spec.by, day) for day in each), UNKNOWN]


_NONE = {"parties": 0, "people": 0}


def _arrived_code(by: str, key: Any) -> str:
    if key is None:
        return UNKNOWN
    if by == "week":
        return (key - timedelta(days=key.weekday())).isoformat()
    return key.isoformat() if by == "day" else str(key)
