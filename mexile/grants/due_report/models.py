"""The tables ``due_report`` and ``report_submission``: what a funder awaits, and that it was sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF


class DueReport(Base):
    """A report that a funder awaits: over which days, and by which day."""

    __tablename__ = "due_report"

    id: Mapped[int] = pk()
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_award.id"), info=STAFF)
    report_name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    period_from: Mapped[date] = mapped_column(Date, info=STAFF)
    period_to: Mapped[date] = mapped_column(Date, info=STAFF)
    due_on: Mapped[date] = mapped_column(Date, info=STAFF)

    __table_args__ = (
        CheckConstraint("period_to >= period_from", name="period"),
        Index("ix_due_report_due_on", "due_on"),
        UniqueConstraint("grant_id", "report_name", "period_from", "period_to"),
    )


@append_only
class ReportSubmission(Base):
    """The report was sent. Who and on which day; the row stays. It holds while nobody took it back."""

    __tablename__ = "report_submission"
    ended_by = ("report_submission_void.submission_id",)

    id: Mapped[int] = pk()
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id"), index=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


@append_only
class ReportSubmissionVoid(Base):
    """It was said by mistake: the report is due again."""

    __tablename__ = "report_submission_void"

    submission_id: Mapped[int] = mapped_column(ForeignKey("report_submission.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
