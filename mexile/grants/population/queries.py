"""Which services and people are counted, and how: the one place that says so in SQL.

How each measure counts: people are distinct members in at least one act; households are the
distinct households that those people belonged to on the day of the act; acts are services;
units are the sum of their quantity; minutes are the act's own, never multiplied by its
people; money is what was paid; unnamed are people who were counted and not known. An act
that was cancelled counts nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, extract, func, literal, or_, select
from sqlalchemy.orm import aliased

from mexile.grants.award.models import GrantAward, GrantServiceType
from mexile.ground.db import db
from mexile.members.household.models import HouseholdMembership
from mexile.members.household.queries import BIRTH_COLUMNS, opened
from mexile.members.person.models import Member
from mexile.members.person.rules import Born
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from mexile.services.service_type.models import ServiceType

OF_PEOPLE = ("people", "households")
OF_ACTS = ("acts", "units", "minutes", "money", "unnamed")
BY_PERSON = ("gender", "age", "nationality", "state", "language", "profile", "cohort")
BY_ACT = ("type", "category", "month", "quarter")
BANDS = (0, 13, 18, 25, 45, 65)
"""The first year of each age band."""


@dataclass(frozen=True)
class Population:
    """The acts of a period, narrowed by type and by who is new.

    `types` None counts every type. `cohort` "new" are people without a counted act from
    `year_from`, the first day of the funder's fiscal year, to the day before the period;
    "continuing" are the others (so does the Office for Victims of Crime count).
    """

    from_on: date
    to_on: date
    types: frozenset[str] | None = None
    cohort: str | None = None
    year_from: date | None = None

    def only(self, types: frozenset[str] | None, cohort: str | None = None) -> Population:
        """Those of it that are of these types, which are all where None is said, and new or continuing."""
        if types is not None and self.types is not None:
            types &= self.types
        return replace(self, types=self.types if types is None else types, cohort=cohort)

    def acts(self) -> list[ColumnElement[bool]]:
        return [
            Service.on.between(self.from_on, self.to_on),
            *([Service.type_code.in_(sorted(self.types))] if self.types is not None else []),
            ~_void(Service.id),
        ]

    def people(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [
            ServicePerson.on.between(self.from_on, self.to_on),
            *([ServicePerson.type_code.in_(sorted(self.types))] if self.types is not None else []),
            ~_void(ServicePerson.service_id),
        ]
        if self.cohort == "new":
            conditions.append(~self.known_before())
        elif self.cohort == "continuing":
            conditions.append(self.known_before())
        return conditions

    def known_before(self) -> ColumnElement[bool]:
        """The member had a counted act earlier in the fiscal year."""
        before = aliased(ServicePerson)
        wheres = [
            before.member_id == ServicePerson.member_id,
            before.on >= (self.year_from or self.from_on),
            before.on < self.from_on,
            ~_void(before.service_id),
        ]
        if self.types is not None:
            wheres.append(before.type_code.in_(sorted(self.types)))
        return select(before.service_id).where(*wheres).exists()


def types_of(grant: GrantAward) -> frozenset[str]:
    """The types of service that count for an award; empty is all."""
    codes = select(GrantServiceType.type_code).where(GrantServiceType.grant_id == grant.id)
    return frozenset(db.session.scalars(codes))


def kinds_of(types: frozenset[str], only: frozenset[str]) -> list[tuple[str, str]]:
    """(code, unit) of the kinds of service that an award's `types` and a promise's leave; empty is all."""
    rows = db.session.execute(select(ServiceType.code, ServiceType.unit))
    return [(code, unit) for code, unit in rows if (not types or code in types) and (not only or code in only)]


def population_of(grant: GrantAward | None, from_on: date, to_on: date, year_from: date | None = None) -> Population:
    """What counts from one day to another: every service, or those of an award, which are of its types and
    of its own period. Page, report, drill-down and detail ask here."""
    if grant is None:
        return Population(from_on, to_on, year_from=year_from)
    first, last = max(from_on, grant.from_on), min(to_on, grant.to_on)
    return Population(first, last, types_of(grant) or None, year_from=max(year_from or first, grant.from_on))


def _void(service_id: Any) -> ColumnElement[bool]:
    return select(ServiceVoid.service_id).where(ServiceVoid.service_id == service_id).exists()


def _measure(measure: str) -> ColumnElement[int]:
    sums: dict[str, ColumnElement[int]] = {
        "people": func.count(func.distinct(ServicePerson.member_id)),
        "households": func.count(func.distinct(HouseholdMembership.household_id)),
        "acts": func.count(Service.id),
        "units": func.coalesce(func.sum(Service.quantity), 0),
        "minutes": func.coalesce(func.sum(Service.minutes), 0),
        "money": func.coalesce(func.sum(Service.amount_cents), 0),
        "unnamed": func.coalesce(func.sum(Service.others), 0),
    }
    return sums[measure]


def _key(by: str | None, table: Any) -> Any:
    """The SQL expression whose value is a row's code."""
    if by is None:
        return literal(0)
    if by in ("month", "quarter"):
        year, month = (cast(extract(part, table.on), Integer) for part in ("year", "month"))
        return year * 100 + (month if by == "month" else (month + 2) // 3)
    return {
        "type": table.type_code,
        "category": ServiceType.category,
        "gender": Member.gender,
        "nationality": Member.nationality,
        "state": case(
            (Member.origin_state.is_not(None), Member.origin_state),
            (Member.nationality != "MX", "abroad"),
        ),
        "language": Member.language,
        "profile": Member.profile,
    }[by]


def counted(
    measures: Sequence[str],
    population: Population,
    by: str | None = None,
    bands: Sequence[int] = BANDS,
) -> dict[Any, dict[str, int]]:
    """code -> measure -> count, for the codes that occur; None is the unknown row.

    Without `by` one row, whose code is None: the unduplicated total.
    """
    counts: dict[Any, dict[str, int]] = {}
    for measure in measures:
        rows = (
            by_age(population, bands).items()
            if by == "age"
            else db.session.execute(statement_of(measure, population, by))
        )
        for key, count in rows:
            counts.setdefault(None if by is None else key, {})[measure] = int(count)
    for row in counts.values():
        for measure in measures:
            row.setdefault(measure, 0)
    return counts or ({} if by else {None: dict.fromkeys(measures, 0)})


def statement_of(measure: str, population: Population, by: str | None) -> Select[Any]:
    """One aggregate of anything but ages. Every row of it is (code, count)."""
    if by == "cohort":
        return _by_cohort(population)
    table = ServicePerson if measure in OF_PEOPLE else Service
    key = _key(by, table)
    statement = select(key, _measure(measure)).select_from(table)
    if measure == "households":
        statement = statement.join(
            HouseholdMembership,
            and_(
                HouseholdMembership.member_id == ServicePerson.member_id,
                HouseholdMembership.from_on <= ServicePerson.on,
                or_(
                    HouseholdMembership.to_on.is_(None),
                    HouseholdMembership.to_on >= ServicePerson.on,
                ),
            ),
        )
    if by == "category":
        statement = statement.join(ServiceType, ServiceType.code == table.type_code)
    if by in BY_PERSON:
        statement = statement.join(Member, Member.id == ServicePerson.member_id)
    wheres = population.people() if table is ServicePerson else population.acts()
    statement = statement.where(*wheres)
    return statement if by is None else statement.group_by(key)


def _by_cohort(population: Population) -> Select[Any]:
    """People by whether they are new."""
    seen = select(ServicePerson.member_id, population.known_before().label("before"))
    people = seen.where(*population.people()).distinct().subquery()
    key = case((people.c.before, "continuing"), else_="new")
    return select(key, func.count()).select_from(people).group_by(key)


@dataclass(frozen=True)
class Aged:
    """The age of one person on the first day served in the period. `by_year`: only the year of birth
    is known, so that it is the age turned in that year."""

    age: int | None
    by_year: bool

    def band(self, bands: Sequence[int]) -> int | None:
        """The first year of the band that the age falls in; None where it is not known."""
        return None if self.age is None else max((start for start in bands if start <= self.age), default=None)


def aged(population: Population, bands: Sequence[int]) -> dict[int, Aged]:
    """The people of a population with their ages. A day of birth is opened, in silence, only of those
    whose birthday of that year decides between two of the `bands`."""
    first = (
        select(ServicePerson.member_id, func.min(ServicePerson.on).label("first"))
        .where(*population.people())
        .group_by(ServicePerson.member_id)
        .subquery()
    )
    turning = extract("year", first.c.first) - Member.birth_year
    decides = turning.in_([start for start in bands if start])
    known = select(Member.id, first.c.first, Member.birth_year, Member.birth_date_enc.is_(None).label("by_year"))
    rows = db.session.execute(known.join(first, first.c.member_id == Member.id).where(~decides | turning.is_(None)))
    people = {row.id: Aged(Born(None, row.birth_year).age(row.first), bool(row.by_year)) for row in rows}
    close = select(Member.id, Member.rid, Member.key_id, first.c.first, *BIRTH_COLUMNS)
    close = close.join(first, first.c.member_id == Member.id).where(decides)
    for row in db.session.execute(close):
        born = opened(row)
        people[row.id] = Aged(born.age(row.first), born.on is None)
    return people


def by_age(population: Population, bands: Sequence[int]) -> Counter[int | None]:
    """How many people are in each band, by its first year; None are those whose age is not known."""
    return Counter(person.band(bands) for person in aged(population, bands).values())


def total(measure: str, population: Population) -> int:
    return counted([measure], population)[None][measure]
