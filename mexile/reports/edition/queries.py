"""Editions that are kept: those over certain days, one to show again, the one that a file is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.grants.award.models import GrantAward
from mexile.grants.due_report.models import DueReport, ReportSubmission
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.reports.edition.models import EditionContent, SubmissionEdition
from mexile.reports.models import ReportEdition


@dataclass(frozen=True)
class Kept:
    """An edition for release that can be shown again."""

    id: int
    code: str
    language: str
    at: datetime
    by: str | None
    sha256: bytes
    numbers: str


def kept_editions(report_name: str, grant_id: int, from_on: date, to_on: date) -> list[Kept]:
    """Those of one report over certain days for a grant, the newest first."""
    rows = db.session.execute(
        select(
            ReportEdition.id,
            ReportEdition.code,
            ReportEdition.language,
            ReportEdition.at,
            UserAccount.name,
            ReportEdition.sha256,
            EditionContent.numbers,
        )
        .join(EditionContent, EditionContent.edition_id == ReportEdition.id)
        .join(UserAccount, UserAccount.id == ReportEdition.by_user_id, isouter=True)
        .where(
            ReportEdition.report_name == report_name,
            ReportEdition.grant_id == grant_id,
            ReportEdition.period_from == from_on,
            ReportEdition.period_to == to_on,
        )
        .order_by(ReportEdition.at.desc(), ReportEdition.id.desc())
    )
    return [Kept(*row) for row in rows]


def edition_body(code: str) -> tuple[str, bytes]:
    """(file name, bytes) of an edition as it left; NotHere for one of which only the hash is kept."""
    row = db.session.execute(
        select(ReportEdition.report_name, EditionContent.body)
        .join(EditionContent, EditionContent.edition_id == ReportEdition.id)
        .where(ReportEdition.code == code)
    ).first()
    if row is None:
        raise NotHere(code)
    return f"{row.report_name}-{code}.xlsx", row.body


@dataclass(frozen=True)
class Found:
    """The edition that a file is, and when it was sent to a funder, if it was."""

    code: str
    report_name: str
    audience: str
    period_from: date
    period_to: date
    at: datetime
    grant: str | None
    due_report_id: int | None
    sent_at: datetime | None


def edition_of(body: bytes) -> Found | None:
    """The edition whose file has exactly these bytes."""
    row = db.session.execute(
        select(
            ReportEdition.code,
            ReportEdition.report_name,
            ReportEdition.audience,
            ReportEdition.period_from,
            ReportEdition.period_to,
            ReportEdition.at,
            GrantAward.code.label("grant"),
            DueReport.id,
            ReportSubmission.at,
        )
        .join(GrantAward, GrantAward.id == ReportEdition.grant_id, isouter=True)
        .join(SubmissionEdition, SubmissionEdition.edition_id == ReportEdition.id, isouter=True)
        .join(
            ReportSubmission,
            (ReportSubmission.id == SubmissionEdition.submission_id) & ReportSubmission.stands(),
            isouter=True,
        )
        .join(DueReport, DueReport.id == ReportSubmission.due_report_id, isouter=True)
        .where(ReportEdition.sha256 == hashlib.sha256(body).digest())
        .order_by(ReportSubmission.at.desc().nulls_last())
    ).first()
    return Found(*row) if row else None
