"""What is read of reports beside their numbers: the register of exports, and the records
that a number opens onto."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.arrivals.models import ArrivalParty
from mexile.grants.award.models import GrantAward
from mexile.grants.population.queries import aged
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.ground.text import number_sent
from mexile.members.assignment.rights import visible
from mexile.members.consent.rules import INSIDE
from mexile.members.person.models import Member
from mexile.members.removal.queries import PastFile, other_past_files
from mexile.reports.definition import load
from mexile.reports.measures import ARRIVALS
from mexile.reports.models import ReportEdition
from mexile.reports.numbers import UNKNOWN, CategoryRow, Numbers, Table
from mexile.services.service.models import Service, ServicePerson

MOST = 300
"""A page shows so many records and says how many more there are."""
Page = tuple[int, int]
"""(how many go before it, how many stand on it)."""
FIRST: Page = (0, MOST)


@dataclass(frozen=True)
class ExportLine:
    """One line of the register."""

    code: str
    report_name: str
    audience: str
    grant: str | None
    period_from: date
    period_to: date
    language: str
    by: str | None
    at: datetime
    sha256: str


def exports(viewer: Viewer) -> list[ExportLine]:
    """The register of exports, the newest first. The policy table says who may read it."""
    rows = db.session.execute(
        select(
            ReportEdition.code,
            ReportEdition.report_name,
            ReportEdition.audience,
            GrantAward.code.label("grant"),
            ReportEdition.period_from,
            ReportEdition.period_to,
            ReportEdition.language,
            UserAccount.name,
            ReportEdition.at,
            ReportEdition.sha256,
        )
        .join(GrantAward, GrantAward.id == ReportEdition.grant_id, isouter=True)
        .join(UserAccount, UserAccount.id == ReportEdition.by_user_id, isouter=True)
        .order_by(ReportEdition.at.desc(), ReportEdition.id.desc())
        .limit(MOST)
    )
    return [ExportLine(*row[:9], row.sha256.hex()) for row in rows]


# ---- records behind a number --------------------------------------------------------


@dataclass
class CountedAct:
    """A service that a number counts, with the people it counts there."""

    code: str
    on: date
    type_code: str
    minutes: int
    people: list[str] = field(default_factory=list)


def acts_behind(
    viewer: Viewer, numbers: Numbers, figure: str | None, table: str | None, row: str | None, page: Page = FIRST
) -> tuple[list[CountedAct], int]:
    """The newest services behind a figure or a table's row, with the members whom the viewer
    may see, and how many there are in all."""
    types, cohort, more = _what(numbers, figure, table, row)
    population = numbers.base.only(types, cohort)
    wheres = [*population.acts(), *more, *(population.people() if cohort or more else [])]
    chosen = _with_people(viewer, select(Service.id, Service.on).distinct()).where(*wheres)
    count = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    newest = chosen.order_by(Service.on.desc(), Service.id.desc()).offset(page[0]).limit(page[1]).subquery()
    columns = (Service.id, Service.code, Service.on, Service.type_code, Service.minutes, Member.code.label("member"))
    shown = (
        _with_people(viewer, select(*columns))
        .where(Service.id.in_(select(newest.c.id)), *wheres)
        .order_by(Service.on.desc(), Service.id.desc(), Member.code)
    )
    acts: dict[int, CountedAct] = {}
    for line in db.session.execute(shown):
        act = acts.setdefault(line.id, CountedAct(line.code, line.on, line.type_code, line.minutes))
        if line.member:
            act.people.append(line.member)
    return list(acts.values()), count


def _with_people(viewer: Viewer, statement: Any) -> Any:
    return statement.join(ServicePerson, ServicePerson.service_id == Service.id, isouter=True).join(
        Member, and_(Member.id == ServicePerson.member_id, visible(viewer)), isouter=True
    )


@dataclass(frozen=True)
class CountedPerson:
    """A member whom a number counts: in how many of its services, and when last."""

    code: str
    acts: int
    last_on: date


def people_behind(
    viewer: Viewer, numbers: Numbers, figure: str | None, table: str | None, row: str | None, page: Page = FIRST
) -> tuple[list[CountedPerson], int]:
    """The people behind a number, each once, and how many there are in all."""
    types, cohort, more = _what(numbers, figure, table, row)
    chosen = (
        select(Member.code, func.count(), func.max(Service.on))
        .select_from(ServicePerson)
        .join(Service, Service.id == ServicePerson.service_id)
        .join(Member, and_(Member.id == ServicePerson.member_id, visible(viewer)))
        .where(*numbers.base.only(types, cohort).people(), *more)
        .group_by(Member.id, Member.code)
    )
    count = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    shown = chosen.order_by(Member.code).offset(page[0]).limit(page[1])
    return [CountedPerson(*line) for line in db.session.execute(shown)], count


def _what(
    numbers: Numbers, figure: str | None, table: str | None, row: str | None
) -> tuple[frozenset[str] | None, str | None, list[ColumnElement[bool]]]:
    """(types, cohort, further conditions) of a number."""
    for shown_figure in numbers.figures:
        if shown_figure.spec.name == figure:
            return shown_figure.scope.types, shown_figure.scope.cohort, []
    for shown_table in numbers.tables:
        for line in shown_table.rows:
            if shown_table.spec.name == table and line.code == row:
                return _of_row(numbers, shown_table, line)
    raise NotHere(figure or table or "")


def _of_row(
    numbers: Numbers, table: Table, row: CategoryRow
) -> tuple[frozenset[str] | None, str | None, list[ColumnElement[bool]]]:
    scope = numbers.row_scope(table, row, table.spec.measures[0])
    by = table.spec.by
    if by in ("type", "category", "cohort"):
        return scope.types, scope.cohort, []
    if by in ("month", "quarter"):
        return scope.types, scope.cohort, [_in_time(by, row.code)]
    if by == "age":
        return scope.types, scope.cohort, [_in_band(numbers, table, row)]
    column = {
        "gender": Member.gender,
        "nationality": Member.nationality,
        "state": Member.origin_state,
        "language": Member.language,
        "profile": Member.profile,
    }[by]
    if by == "state" and row.code in (UNKNOWN, "abroad"):
        abroad = and_(Member.nationality.is_not(None), Member.nationality != "MX")
        here = or_(Member.nationality.is_(None), Member.nationality == "MX")
        where = and_(column.is_(None), abroad if row.code == "abroad" else here)
    else:
        where = column.is_(None) if row.code == UNKNOWN else column == row.code
    return scope.types, scope.cohort, [Member.id.is_not(None), where]


def _in_time(by: str, code: str) -> ColumnElement[bool]:
    year, rest = int(code[:4]), int(code[-2:].lstrip("Q"))
    months = [rest] if by == "month" else [3 * rest - 2, 3 * rest - 1, 3 * rest]
    return and_(extract("year", Service.on) == year, extract("month", Service.on).in_(months))


def _in_band(numbers: Numbers, table: Table, row: CategoryRow) -> ColumnElement[bool]:
    population = numbers.base.only(table.types, table.spec.filters.cohort)
    digits = row.code.rstrip("+").split("-")[0]
    asked = None if row.code == UNKNOWN else int(digits)
    people = aged(population, table.spec.bands)
    return ServicePerson.member_id.in_([id for id, person in people.items() if person.band(table.spec.bands) == asked])


@dataclass(frozen=True)
class Party:
    """An arrival party that a number counts."""

    on: date
    people: int
    country: str | None
    language: str | None
    destination: str | None


def parties_behind(numbers: Numbers, table: str | None, row: str | None) -> tuple[list[Party], int]:
    """The newest parties behind a number of arrivals, and how many there are in all."""
    where: list[Any] = [ArrivalParty.arrival_date.between(numbers.from_on, numbers.to_on)]
    spec = next((shown_table.spec for shown_table in numbers.tables if shown_table.spec.name == table), None)
    if spec is not None and row is not None:
        where.append(_arrived(spec.by, row))
    rows = db.session.execute(
        select(
            ArrivalParty.arrival_date,
            ArrivalParty.people,
            ArrivalParty.country,
            ArrivalParty.language,
            ArrivalParty.destination,
        )
        .where(*where)
        .order_by(ArrivalParty.arrival_date.desc(), ArrivalParty.id.desc())
    ).all()
    # The query leaves out a party whose day isn't known; its type doesn't say so.
    parties = [
        Party(day, people, country, language, destination)
        for day, people, country, language, destination in rows[:MOST]
        if day is not None
    ]
    return parties, len(rows)


def arrival_column(by: str) -> Any:
    """The column of `arrival_party` that a breakdown of arrivals reads."""
    return {
        "country": ArrivalParty.country,
        "language": ArrivalParty.language,
        "destination": ArrivalParty.destination,
        "size": ArrivalParty.people,
        "day": ArrivalParty.arrival_date,
        "week": ArrivalParty.arrival_date,
    }[by]


def _arrived(by: str, code: str) -> ColumnElement[bool]:
    column = arrival_column(by)
    if code == UNKNOWN:
        return column.is_(None)
    try:
        if by == "size":
            return column == (number_sent(code) or 0)
        if by in ("day", "week"):
            first = date.fromisoformat(code)
            last = first if by == "day" else date.fromordinal(first.toordinal() + 6)
            return column.between(first, last)
    except ValueError:
        raise NotHere(code) from None
    return column == code


def is_of_arrivals(numbers: Numbers) -> bool:
    return numbers.definition.source is ARRIVALS


def editions_with(member_ids: list[int]) -> list[PastFile]:
    """The internal editions whose days hold a service of these records: their detail has a row for each, under
    a code of that file alone. An edition narrowed to a grant is named too, so rather one too many."""
    served = (
        select(Service.id)
        .join(ServicePerson, ServicePerson.service_id == Service.id)
        .where(
            ServicePerson.member_id.in_(member_ids),
            Service.on.between(ReportEdition.period_from, ReportEdition.period_to),
        )
        .exists()
    )
    rows = db.session.execute(
        select(ReportEdition.code, ReportEdition.report_name, ReportEdition.at, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == ReportEdition.by_user_id)
        .where(ReportEdition.audience == "internal", served)
    )
    return [
        PastFile("report", row.code, row.at, row.name or "", INSIDE)
        for row in rows
        if load(row.report_name).source is not ARRIVALS
    ]


other_past_files.fill(editions_with)
