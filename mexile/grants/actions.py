"""What is written of grants: an award, what is due for it, what it promised, that a report was sent."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, func, select

from mexile.access.viewer import Viewer
from mexile.grants.models import (
    DueReport,
    Funder,
    GrantAward,
    GrantServiceType,
    Indicator,
    IndicatorRemoval,
    IndicatorReturn,
    ReportSubmission,
    ReportSubmissionVoid,
)
from mexile.grants.queries.population import kinds_of, types_of
from mexile.grants.rules import problems_of_award, problems_of_due
from mexile.ground import clock, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.services.service.rules import same_unit


def find_or_record_funder(*, name: str, fiscal_year_month: int | None = None) -> Funder:
    """The funder of this name; a new one when nobody has it. Capitals make no difference.
    A month that is given is its fiscal year's first from now on."""
    known = db.session.scalar(select(Funder).where(func.lower(Funder.name) == name.lower()))
    if known is not None:
        known.fiscal_year_month = fiscal_year_month or known.fiscal_year_month
        return known
    funder = Funder(code=next_code("F", Funder.code, 2), name=name, fiscal_year_month=fiscal_year_month or 1)
    db.session.add(funder)
    db.session.flush()
    return funder


def record_award(*, funder: Funder, types: list[str], restricted: bool, **values: str | int | date) -> GrantAward:
    """Write a new award with the types of service that count for it. Raises Invalid with words."""
    code = next_code("GR", GrantAward.code, 2)
    award = GrantAward(code=code, funder_id=funder.id, restricted=int(restricted), **values)
    if problems := problems_of_award(award.from_on, award.to_on):
        raise Invalid(problems)
    db.session.add(award)
    db.session.flush()
    _count_types(award, types)
    trail.record("grant.record", award.code, cents=award.amount_cents)
    return award


def change_award(
    *, code: str, version: int, types: list[str], restricted: bool, **values: str | int | date
) -> GrantAward:
    """Change an award that nobody else changed since `version` was read; else Conflict."""
    award = db.session.scalar(select(GrantAward).where(GrantAward.code == code))
    if award is None:
        raise NotHere(code)
    if award.version != version:
        raise Conflict(
            Problem(
                "version",
                "Somebody changed this grant while you were writing. Look at it again.",
                "Alguien modificó esta subvención mientras usted escribía. Véala de nuevo.",
            )
        )
    for name, value in values.items():
        setattr(award, name, value)
    award.restricted = int(restricted)
    if problems := problems_of_award(award.from_on, award.to_on):
        raise Invalid(problems)
    db.session.flush()
    _count_types(award, types)
    trail.record("grant.change", code)
    return award


def _count_types(grant: GrantAward, types: list[str]) -> None:
    db.session.execute(delete(GrantServiceType).where(GrantServiceType.grant_id == grant.id))
    db.session.add_all(GrantServiceType(grant_id=grant.id, type_code=code) for code in types)
    db.session.flush()


def enter_due_report(
    *, grant: GrantAward, report_name: str, period_from: date, period_to: date, due_on: date
) -> DueReport:
    """A report that the funder awaits. Raises Invalid for days that can't be, or the same twice."""
    problems = problems_of_due(period_from, period_to, due_on)
    same = select(DueReport.id).where(
        DueReport.grant_id == grant.id,
        DueReport.report_name == report_name,
        DueReport.period_from == period_from,
        DueReport.period_to == period_to,
    )
    if db.session.scalar(same) is not None:
        problems.append(
            Problem(
                "period_from",
                "This report over these days is entered already.",
                "Este informe de estos días ya está anotado.",
            )
        )
    if problems:
        raise Invalid(problems)
    due_report = DueReport(
        grant_id=grant.id,
        report_name=report_name,
        period_from=period_from,
        period_to=period_to,
        due_on=due_on,
    )
    db.session.add(due_report)
    db.session.flush()
    trail.record("grant.due", grant.code, report=report_name, due=due_on.isoformat())
    return due_report


def submit_report(*, viewer: Viewer, due_report: int) -> str:
    """Note that a report was sent; said twice it stays as it was. Returns the grant's code."""
    due, code = _due(due_report)
    if submission_of(due.id) is None:
        db.session.add(ReportSubmission(due_report_id=due.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.submit", code, report=due.report_name)
    return code


def take_back_submission(*, viewer: Viewer, due_report: int) -> str:
    """It was not sent after all: it is due again; said twice it stays so. Returns the grant's code."""
    due, code = _due(due_report)
    if sent := submission_of(due.id):
        db.session.add(ReportSubmissionVoid(submission_id=sent.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.submit_void", code, report=due.report_name)
    return code


def _due(id: int) -> tuple[DueReport, str]:
    row = db.session.execute(
        select(DueReport, GrantAward.code)
        .join(GrantAward, GrantAward.id == DueReport.grant_id)
        .where(DueReport.id == id)
    ).first()
    if row is None:
        raise NotHere(str(id))
    return row[0], row[1]


def submission_of(due_report_id: int) -> ReportSubmission | None:
    """That it was sent, unless somebody took that back."""
    return db.session.scalar(
        select(ReportSubmission).where(ReportSubmission.due_report_id == due_report_id, ReportSubmission.stands())
    )


def enter_indicator(*, grant: GrantAward, en: str, es: str, measure: str, types: list[str], target: int) -> Indicator:
    """A promise of the grant. `target` is in the measure's own unit. Raises Invalid where units of different
    kinds would be added."""
    if measure == "units" and not same_unit(kinds_of(types_of(grant), frozenset(types))):
        raise Invalid(
            Problem(
                "types",
                "Units of different kinds can't be added. Choose one kind of service, or several that are all counted "
                "in nights, in pages or in people.",
                "No se suman unidades distintas. Elija un solo tipo de servicio, o varios que se cuenten todos en "
                "noches, en páginas o en personas.",
            )
        )
    last = db.session.scalar(select(func.max(Indicator.position)).where(Indicator.grant_id == grant.id))
    indicator = Indicator(
        grant_id=grant.id,
        position=(last or 0) + 1,
        en=en,
        es=es,
        measure=measure,
        type_codes=" ".join(sorted(types)),
        target=target,
    )
    db.session.add(indicator)
    db.session.flush()
    trail.record("grant.indicator", grant.code, measure=measure, target=target)
    return indicator


def remove_indicator(*, viewer: Viewer, id: int) -> str:
    """The promise counts no more; said twice it stays as it was. Returns the grant's code."""
    indicator, code = _indicator(id)
    if removal_of(id) is None:
        db.session.add(IndicatorRemoval(indicator_id=id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.indicator_out", code, indicator=indicator.id)
    return code


def return_indicator(*, viewer: Viewer, id: int) -> str:
    """The promise counts again. Returns the grant's code."""
    indicator, code = _indicator(id)
    removal = removal_of(id)
    if removal is not None:
        db.session.add(IndicatorReturn(removal_id=removal.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.indicator_back", code, indicator=indicator.id)
    return code


def _indicator(id: int) -> tuple[Indicator, str]:
    row = db.session.execute(
        select(Indicator, GrantAward.code)
        .join(GrantAward, GrantAward.id == Indicator.grant_id)
        .where(Indicator.id == id)
    ).first()
    if row is None:
        raise NotHere(str(id))
    return row[0], row[1]


def removal_of(id: int) -> IndicatorRemoval | None:
    """The removal that stands, if the promise is out."""
    return db.session.scalar(
        select(IndicatorRemoval).where(IndicatorRemoval.indicator_id == id, IndicatorRemoval.stands())
    )
