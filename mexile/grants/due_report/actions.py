"""Entering a report that is due, saying that it was sent, and taking that back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.due_report.models import DueReport, ReportSubmission, ReportSubmissionVoid
from mexile.grants.due_report.rules import problems_of_due
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("grant.due", "Entered a report that is due", "Anotó un informe por entregar")
name_act("grant.submit", "Noted that a report was sent", "Anotó que se entregó un informe")
name_act("grant.submit_void", "Took back that a report was sent", "Deshizo la entrega de un informe")


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


def submit_report(*, viewer: Viewer, due_report: int) -> ReportSubmission:
    """Note that a report was sent; Conflict where it was already."""
    due, code = _due(due_report)
    if submission_of(due.id) is not None:
        raise Conflict(
            Problem(
                "edition",
                "This report is marked as sent already. Take that back first.",
                "Este informe ya está marcado como enviado. Deshaga eso primero.",
            )
        )
    sent = ReportSubmission(due_report_id=due.id, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(sent)
    db.session.flush()
    trail.record("grant.submit", code, report=due.report_name)
    return sent


def take_back_submission(*, viewer: Viewer, due_report: int) -> None:
    """It was not sent after all: it is due again; said twice it stays so."""
    due, code = _due(due_report)
    if sent := submission_of(due.id):
        db.session.add(ReportSubmissionVoid(submission_id=sent.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.submit_void", code, report=due.report_name)


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
