"""The detail of a report of services: one row a service and person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from mexile.grants.population.queries import aged
from mexile.ground import organization
from mexile.ground.db import db
from mexile.members.consent.queries import may_leave
from mexile.members.consent.rules import INSIDE
from mexile.members.household.models import HouseholdMembership
from mexile.members.person.models import Member
from mexile.reports.numbers import UNKNOWN, Numbers
from mexile.reports.workbook.detail import Column, Detail, Weight, code_for, table_weights, weight_of
from mexile.services.service.models import Service, ServicePerson

SERVICE_COLUMNS = [
    Column("act", "service", "servicio"),
    Column("day", "day", "día", "day"),
    Column("month", "month", "mes", "day"),
    Column("quarter", "quarter", "trimestre"),
    Column("type", "type", "tipo"),
    Column("category", "chapter", "capítulo"),
    Column("minutes", "hours", "horas", "hours"),
    Column("units", "units", "unidades", "count"),
    Column("money", "US dollars", "dólares", "money"),
    Column("unnamed", "people not named", "personas sin nombre", "count"),
    Column("person", "person", "persona"),
    Column("gender", "gender", "género"),
    Column("age", "age from", "edad desde", "count"),
    Column("nationality", "nationality", "nacionalidad"),
    Column("state", "state of origin", "estado de origen"),
    Column("language", "language", "idioma"),
    Column("profile", "profile", "perfil"),
    Column("cohort", "new or continuing", "nueva o continúa"),
    Column("unit", "units are", "las unidades son"),
]


def services(numbers: Numbers, edition: bytes) -> Detail:
    """One row a service and person; a service without known people has one row.

    Whoever has no live consent to be in the organization's files is counted and has no code, so that no
    row of theirs can be joined to another.
    """
    weights = list(dict.fromkeys(_weights(numbers)))
    named = [_named(weight, place) for place, weight in enumerate(weights, 1)]
    detail = Detail([*SERVICE_COLUMNS, *named])
    records = _records(numbers).all()
    people = {record.member for record in records if record.member is not None}
    allowed = may_leave(people, "org_internal", INSIDE, organization.today())
    rows = _Rows(numbers, edition, weights, {id for id, level in allowed.items() if level is not None})
    detail.rows = [rows.row(record) for record in records]
    detail.people, detail.consenting = len(people), len(rows.consenting)
    return detail


def _weights(numbers: Numbers) -> Iterable[Weight]:
    """Every weight that some number of the report sums."""
    for figure in numbers.figures:
        yield weight_of(figure.spec.measure, figure.scope.types, figure.scope.cohort, None)
    for table in numbers.tables:
        for measure in table.spec.measures:
            yield from table_weights(table, measure)


def _named(weight: Weight, place: int) -> Column:
    """A head that is unlike the others, since a table needs it: "people once (3)"."""
    en = {"people": "people once", "households": "households once", "acts": "services once"}
    es = {"people": "personas una vez", "households": "hogares una vez", "acts": "servicios una vez"}
    return Column(weight, f"{en[weight.what]} ({place})", f"{es[weight.what]} ({place})", "count")


def _records(numbers: Numbers) -> Any:
    return db.session.execute(
        select(
            Service.id,
            Service.rid,
            Service.on,
            Service.type_code,
            Service.minutes,
            Service.quantity,
            Service.unit,
            Service.amount_cents,
            Service.others,
            Member.id.label("member"),
            Member.rid.label("member_rid"),
            Member.gender,
            Member.birth_year,
            Member.nationality,
            Member.origin_state,
            Member.language,
            Member.profile,
        )
        .join(ServicePerson, ServicePerson.service_id == Service.id, isouter=True)
        .join(Member, Member.id == ServicePerson.member_id, isouter=True)
        .where(*numbers.base.acts())
        .order_by(Service.on, Service.id, Member.id)
    )


class _Rows:
    """One pass over the records in their order, remembering what was met."""

    def __init__(self, numbers: Numbers, edition: bytes, weights: list[Weight], consenting: set[int]):
        self.numbers, self.edition, self.weights = numbers, edition, weights
        self.consenting = consenting
        self.seen: list[set[Any]] = [set() for _ in weights]
        self.acts: set[int] = set()
        self.names: dict[bytes, str] = {}
        self.known = {
            types: _known_before(numbers, types)
            for types in {weight.types for weight in weights} | {numbers.base.types}
        }
        self.households = _households() if any(w.what == "households" for w in weights) else {}
        self.bands = _bands(numbers)

    def row(self, record: Any) -> tuple[Any, ...]:
        first = record.id not in self.acts
        self.acts.add(record.id)
        on = record.on
        return (
            self._code("act", record.rid),
            on,
            on.replace(day=1),
            f"{on.year}-Q{(on.month + 2) // 3}",
            record.type_code,
            self.numbers.chapters[record.type_code],
            record.minutes / 60 if first else None,
            record.quantity if first else None,
            (record.amount_cents or 0) / 100 if first else None,
            record.others if first else None,
            *self._person(record),
            record.unit if first else None,
            *(self._weigh(place, record, first) for place in range(len(self.weights))),
        )

    def _code(self, kind: str, rid: bytes) -> str:
        if rid not in self.names:
            self.names[rid] = code_for(self.edition, kind, rid)
        return self.names[rid]

    def _person(self, record: Any) -> tuple[Any, ...]:
        if record.member is None:
            return (None,) * 8
        abroad = "abroad" if (record.nationality or "MX") != "MX" else UNKNOWN
        return (
            self._code("person", record.member_rid) if record.member in self.consenting else None,
            record.gender or UNKNOWN,
            self._age(record),
            record.nationality or UNKNOWN,
            record.origin_state or abroad,
            record.language or UNKNOWN,
            record.profile or UNKNOWN,
            "continuing" if record.member in self.known[self.numbers.base.types] else "new",
        )

    def _age(self, record: Any) -> int | str:
        """The first year of the person's band on the first day that the table counts."""
        band = self.bands.get(record.member)
        return UNKNOWN if band is None else band

    def _counts(self, record: Any, types: frozenset[str] | None, cohort: str | None) -> bool:
        if types is not None and record.type_code not in types:
            return False
        return cohort is None or (record.member in self.known[types]) == (cohort == "continuing")

    def _weigh(self, place: int, record: Any, first: bool) -> int | None:
        weight = self.weights[place]
        if weight.what == "acts":
            inside = weight.types is None or record.type_code in weight.types
            return 1 if first and inside else None
        if record.member is None or not self._counts(record, weight.types, weight.cohort):
            return None
        return self._meet(place, self._key(weight.by, record), self._things(weight, record)) or None

    def _key(self, by: str | None, record: Any) -> Any:
        """What a thing is met once for each of."""
        if by is None:
            return None
        if by == "type":
            return record.type_code
        if by == "category":
            return self.numbers.chapters[record.type_code]
        month = record.on.month if by == "month" else (record.on.month + 2) // 3
        return record.on.year * 100 + month

    def _things(self, weight: Weight, record: Any) -> list[int]:
        if weight.what == "people":
            return [record.member]
        return [
            household
            for household, from_on, to_on in self.households.get(record.member, ())
            if from_on <= record.on and (to_on is None or to_on >= record.on)
        ]

    def _meet(self, place: int, key: Any, things: list[int]) -> int:
        """How many of `things` are new to this weight."""
        seen, count = self.seen[place], 0
        for thing in things:
            if (key, thing) not in seen:
                seen.add((key, thing))
                count += 1
        return count


def _bands(numbers: Numbers) -> dict[int, int | None]:
    """The band of each person by the report's table of ages: of those whom it counts, and else of everybody."""
    table = next((table for table in numbers.tables if table.spec.by == "age"), None)
    if table is None:
        return {}
    bands, cohort = table.spec.bands, table.spec.filters.cohort
    people = aged(numbers.base, bands) | aged(numbers.base.only(table.types, cohort), bands)
    return {id: person.band(bands) for id, person in people.items()}


def _known_before(numbers: Numbers, types: frozenset[str] | None) -> set[int]:
    population = numbers.base.only(types)
    return set(
        db.session.scalars(
            select(ServicePerson.member_id).where(and_(*population.people(), population.known_before())).distinct()
        )
    )


def _households() -> dict[int, list[tuple[int, date, date | None]]]:
    households: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for member, household, from_on, to_on in db.session.execute(
        select(
            HouseholdMembership.member_id,
            HouseholdMembership.household_id,
            HouseholdMembership.from_on,
            HouseholdMembership.to_on,
        )
    ):
        households[member].append((household, from_on, to_on))
    return households
