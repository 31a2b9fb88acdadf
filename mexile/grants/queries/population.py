"""Which services and people are counted, and how: the one place that says so in SQL.

How each measure counts: people are distinct members in at least one act; households are the
distinct households that those people belonged to on the day of the act; acts are services;
units are the sum of their quantity; minutes are the act's own, never multiplied by its
people; money is what was paid; unnamed are people who were counted and not known. An act
that was cancelled counts nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from mexile.ground.db import db
from mexile.members.models.household import HouseholdMembership
from mexile.members.models.member import Member
from mexile.services.models.service import Service, ServicePerson, ServiceVoid
from mexile.services.models.service_type import ServiceType

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

    def acts(self) -> list[ColumnElement[bool]]:
        return [
            Service.on.between(self.from_on, self.to_on),
            *([Service.type_code.in_(sorted(self.types))] if self.types is not None else []),
            ~_void(Service.id),
        ]

    def people(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [
            ServicePerson.on.between(self.from_on, self.to_on),
            *([ServicePerson.type_code.in_(sorted(self.types))] if self.types is not None else []),
            ~_void(ServicePerson.service_id),
        ]
        if self.cohort == "new":
            found.append(~self.known_before())
        elif self.cohort == "continuing":
            found.append(self.known_before())
        return found

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


def _void(service_id: Any) -> ColumnElement[bool]:
    return select(ServiceVoid.service_id).where(ServiceVoid.service_id == service_id).exists()


def _measure(measure: str) -> ColumnElement[int]:
    return {
        "people": func.count(func.distinct(ServicePerson.member_id)),
        "households": func.count(func.distinct(HouseholdMembership.household_id)),
        "acts": func.count(Service.id),
        "units": func.coalesce(func.sum(Service.quantity), 0),
        "minutes": func.coalesce(func.sum(Service.minutes), 0),
        "money": func.coalesce(func.sum(Service.amount_cents), 0),
        "unnamed": func.coalesce(func.sum(Service.others), 0),
    }[measure]


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
    found: dict[Any, dict[str, int]] = {}
    for measure in measures:
        statement = statement_of(measure, population, by, bands)
        for key, count in db.session.execute(statement):
            found.setdefault(None if by is None else key, {})[measure] = int(count)
    for row in found.values():
        for measure in measures:
            row.setdefault(measure, 0)
    return found or ({} if by else {None: dict.fromkeys(measures, 0)})


def statement_of(
    measure: str, population: Population, by: str | None, bands: Sequence[int]
) -> Select[Any]:
    """One aggregate. Every row of it is (code, count)."""
    if by in ("age", "cohort"):
        return _by_first_act(population, by, bands)
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


def _by_first_act(population: Population, by: str, bands: Sequence[int]) -> Select[Any]:
    """People by their age band on the day of their first act in the period, or by whether
    they are new."""
    if by == "cohort":
        seen = select(ServicePerson.member_id, population.known_before().label("before"))
        people = seen.where(*population.people()).distinct().subquery()
        key: Any = case((people.c.before, "continuing"), else_="new")
        return select(key, func.count()).select_from(people).group_by(key)
    first = first_acts(population).subquery()
    key = band_of(extract("year", first.c.first) - Member.birth_year, bands)
    return (
        select(key, func.count())
        .select_from(first)
        .join(Member, Member.id == first.c.member_id)
        .group_by(key)
    )


def first_acts(population: Population) -> Select[Any]:
    """(member_id, first): each person's first counted day in the period."""
    return (
        select(ServicePerson.member_id, func.min(ServicePerson.on).label("first"))
        .where(*population.people())
        .group_by(ServicePerson.member_id)
    )


def band_of(age: Any, bands: Sequence[int]) -> Any:
    """The first year of the band that `age` falls in; NULL where it is not known."""
    steps = [(age >= start, literal(start)) for start in sorted(bands, reverse=True)]
    return case(*steps, else_=None)


def total(measure: str, population: Population) -> int:
    return counted([measure], population)[None][measure]
