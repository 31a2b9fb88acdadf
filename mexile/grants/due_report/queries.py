"""What is due next, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.due_report.models import DueReport, ReportSubmission
from mexile.grants.due_report.rules import state_of
from mexile.grants.funder.models import Funder
from mexile.grants.funder.queries import may_see
from mexile.ground.db import db
from mexile.ground.errors import NotHere


@dataclass(frozen=True)
class Due:
    """One report that is due, or was sent."""

    id: int
    grant: str
    funder: str
    title_en: str
    title_es: str
    report_name: str
    period_from: date
    period_to: date
    due_on: date
    days: int
    state: str
    sent_at: datetime | None = None

    def title(self, lang: str) -> str:
        return self.title_es if lang == "es" else self.title_en


def due_reports(viewer: Viewer, today: date, grant: str | None = None, sent: bool = False) -> list[Due]:
    """The reports still to send, the next one first; with `sent` those that were, the last first."""
    if not may_see(viewer):
        return []
    statement = (
        _reports()
        .where(ReportSubmission.at.is_not(None) if sent else ReportSubmission.at.is_(None))
        .order_by(DueReport.due_on.desc() if sent else DueReport.due_on, DueReport.id)
    )
    if grant is not None:
        statement = statement.where(GrantAward.code == grant)
    return [_due(row, today) for row in db.session.execute(statement)]


def due_report(viewer: Viewer, grant: str, id: int, today: date) -> Due:
    """One report of a grant, sent or not; NotHere when there is none for this viewer."""
    asked = _reports().where(GrantAward.code == grant, DueReport.id == id)
    row = db.session.execute(asked).first() if may_see(viewer) else None
    if row is None:
        raise NotHere(str(id))
    return _due(row, today)


def _reports() -> Any:
    return (
        select(
            DueReport.id,
            GrantAward.code,
            Funder.name,
            GrantAward.title_en,
            GrantAward.title_es,
            DueReport.report_name,
            DueReport.period_from,
            DueReport.period_to,
            DueReport.due_on,
            ReportSubmission.at,
        )
        .join(GrantAward, GrantAward.id == DueReport.grant_id)
        .join(Funder, Funder.id == GrantAward.funder_id)
        .join(
            ReportSubmission,
            (ReportSubmission.due_report_id == DueReport.id) & ReportSubmission.stands(),
            isouter=True,
        )
    )


def _due(row: Any, today: date) -> Due:
    *columns, at = row
    more: dict[str, Any] = {
        "days": (row.due_on - today).days,
        "state": state_of(row.due_on, today, at is not None),
        "sent_at": at,
    }
    return Due(*columns, **more)
