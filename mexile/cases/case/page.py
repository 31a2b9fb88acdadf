"""One case with its people, what it asks for, its proceedings and its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.case.models import CasePerson
from mexile.cases.event.models import Event, EventOutcome, OutcomeSheet
from mexile.cases.event.queries import EventLine, lines_of
from mexile.cases.judge.models import Judge
from mexile.cases.place.models import Place
from mexile.cases.proceeding.models import Proceeding
from mexile.ground.db import db
from mexile.members.assignment.rights import visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member


@dataclass(frozen=True)
class Included:
    """A person of a case whom the viewer may know of."""

    id: int
    code: str
    name: ShownName
    role: str
    from_on: date
    to_on: date | None
    birth_year: int | None
    nationality: str | None


@dataclass(frozen=True)
class CasePeople:
    """Those in a case now, those who were, and how many are hidden from the viewer."""

    now: Sequence[Included]
    before: Sequence[Included]
    hidden: int


@dataclass(frozen=True)
class ProceedingLine:
    """One proceeding with its court and its judge. How it ended stands in `decisions_of_case`."""

    id: int
    code: str
    kind: str
    began_on: date | None
    court: Place | None
    judge: Judge | None


def people_of_case(viewer: Viewer, case_id: int) -> CasePeople:
    """One query, whatever the number of people."""
    rows = db.session.execute(
        select(
            CasePerson.role,
            CasePerson.from_on,
            CasePerson.to_on,
            Member.id,
            Member.code,
            Member.birth_year,
            Member.nationality,
            visible(viewer).label("is_visible"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == CasePerson.member_id)
        .where(CasePerson.case_id == case_id)
        .order_by(CasePerson.role != "lead", Member.birth_year.nulls_last(), Member.id)
    ).all()
    shown = [
        Included(
            row.id,
            row.code,
            name_of(row, viewer),
            row.role,
            row.from_on,
            row.to_on,
            row.birth_year,
            row.nationality,
        )
        for row in rows
        if row.is_visible
    ]
    now = [person for person in shown if person.to_on is None]
    hidden = sum(1 for row in rows if row.to_on is None) - len(now)
    return CasePeople(now, [person for person in shown if person.to_on is not None], hidden)


def proceedings_of(case_id: int) -> list[ProceedingLine]:
    """The proceedings of a case, the newest first. One query."""
    rows = db.session.execute(
        select(Proceeding, Place, Judge)
        .outerjoin(Place, Place.id == Proceeding.place_id)
        .outerjoin(Judge, Judge.id == Proceeding.judge_id)
        .where(Proceeding.case_id == case_id)
        .order_by(Proceeding.began_on.desc().nulls_last(), Proceeding.id.desc())
    )
    return [ProceedingLine(held.id, held.code, held.kind, held.began_on, court, judge) for held, court, judge in rows]


@dataclass(frozen=True)
class CaseDate:
    """A date of a case with what came of it."""

    line: EventLine
    outcome: str | None
    clock_cause: str | None


def dates_of_case(viewer: Viewer, case_id: int) -> list[CaseDate]:
    """The dates of a case in their order, those without a day at the end. Four queries."""
    lines = lines_of(viewer, Event.case_id == case_id)
    outcomes = {
        row.event_id: row
        for row in db.session.execute(
            select(EventOutcome.event_id, EventOutcome.outcome, OutcomeSheet.clock_cause)
            .join(Event, Event.id == EventOutcome.event_id)
            .outerjoin(OutcomeSheet, OutcomeSheet.outcome_id == EventOutcome.id)
            .where(Event.case_id == case_id, EventOutcome.stands())
        )
    }
    dated = [line for line in lines if line.on] + [line for line in lines if not line.on]
    return [CaseDate(line, _of(outcomes, line.id, "outcome"), _of(outcomes, line.id, "clock_cause")) for line in dated]


def _of(outcomes: dict, event_id: int, name: str) -> str | None:
    row = outcomes.get(event_id)
    return getattr(row, name) if row else None
