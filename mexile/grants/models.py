"""The tables of funders, awards, what is due for them and what they promised to reach."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF

MEASURES = ("people", "households", "acts", "units", "minutes", "money", "unnamed")
COHORTS = ("new", "continuing")


class Funder(Base):
    """Who gives: a foundation, an agency, a church. Its own staff are not kept here."""

    __tablename__ = "funder"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    name: Mapped[str] = mapped_column(Text, info=STAFF)
    fiscal_year_month: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    __table_args__ = (CheckConstraint("fiscal_year_month BETWEEN 1 AND 12", name="fiscal_year_month"),)


class GrantAward(Base):
    """One award: from `from_on` to `to_on`, both days included."""

    __tablename__ = "grant_award"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    funder_id: Mapped[int] = mapped_column(ForeignKey("funder.id"), index=True, info=STAFF)
    title_en: Mapped[str] = mapped_column(Text, info=STAFF)
    title_es: Mapped[str] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, default="USD", info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date] = mapped_column(Date, info=STAFF)
    restricted: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("restricted IN (0, 1)", name="restricted"),
        Index("ix_grant_award_to_on", "to_on"),
    )
    __mapper_args__ = {"version_id_col": version}

    def title(self, lang: str) -> str:
        return self.title_es if lang == "es" else self.title_en


class GrantServiceType(Base):
    """A type of service that counts for a grant. A grant without any counts them all."""

    __tablename__ = "grant_service_type"

    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_award.id"), primary_key=True, info=STAFF)
    type_code: Mapped[str] = mapped_column(ForeignKey("service_type.code"), primary_key=True, info=STAFF)


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


class Indicator(Base):
    """What a grant promised to reach, counted from the services and never typed.

    `target` is in the measure's own unit: minutes for time, cents for money.
    `type_codes` narrows the grant's own types further: codes with one space between them.
    """

    __tablename__ = "indicator"

    id: Mapped[int] = pk()
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_award.id"), index=True, info=STAFF)
    position: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    en: Mapped[str] = mapped_column(Text, info=STAFF)
    es: Mapped[str] = mapped_column(Text, info=STAFF)
    measure: Mapped[str] = mapped_column(Text, info=STAFF)
    type_codes: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    target: Mapped[int] = mapped_column(Integer, info=STAFF)

    __table_args__ = (
        CheckConstraint(f"measure IN {MEASURES}", name="measure"),
        CheckConstraint("target > 0", name="target"),
    )

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.type_codes.split())


class IndicatorRemoval(Base):
    """The promise was entered by mistake or no longer holds. It is out while its newest removal has no return."""

    __tablename__ = "indicator_removal"
    ended_by = ("indicator_return.removal_id",)

    id: Mapped[int] = pk()
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class IndicatorReturn(Base):
    """It counts again."""

    __tablename__ = "indicator_return"

    removal_id: Mapped[int] = mapped_column(ForeignKey("indicator_removal.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
