"""The rules of deadlines as rows: added, replaced by a newer version, reviewed; never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.deadlines.rule.rules import DIRECTIONS, SEVERITIES, SIDES, STATUSES, UNITS, WEEKENDS
from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF


@append_only
class DeadlineRule(Base):
    """One version of a rule (see `rules/deadline_rule.py` for what its fields mean).

    `replaces_id`: the version that this one takes the place of, whole; the older row stays as
    it was, since deadlines name it. `reason`: why it was written; `by_user_id` is empty for
    what came with the program.
    """

    __tablename__ = "deadline_rule"
    __table_args__ = (
        CheckConstraint("length >= 0", name="length"),
        CheckConstraint(one_of("unit", UNITS), name="unit"),
        CheckConstraint(one_of("direction", DIRECTIONS), name="direction"),
        CheckConstraint(one_of("weekend", WEEKENDS), name="weekend"),
        CheckConstraint(one_of("status", STATUSES), name="status"),
        CheckConstraint(one_of("severity", SEVERITIES), name="severity"),
        CheckConstraint(one_of("side", SIDES), name="side"),
        CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="days"),
        Index("uq_deadline_rule_code_version", "code", "version", unique=True),
        Index("uq_deadline_rule_replaces_id", "replaces_id", unique=True),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    trigger: Mapped[str] = mapped_column(Text, info=PUBLIC)
    length: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    unit: Mapped[str] = mapped_column(Text, info=PUBLIC)
    direction: Mapped[str] = mapped_column(Text, info=PUBLIC)
    weekend: Mapped[str] = mapped_column(Text, info=PUBLIC)
    side: Mapped[str] = mapped_column(Text, info=PUBLIC)
    severity: Mapped[str] = mapped_column(Text, info=PUBLIC)
    internal_target: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    citation: Mapped[str] = mapped_column(Text, info=PUBLIC)
    law: Mapped[str] = mapped_column(Text, info=PUBLIC)
    source: Mapped[str] = mapped_column(Text, info=PUBLIC)
    from_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    to_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    status: Mapped[str] = mapped_column(Text, info=PUBLIC)
    verify: Mapped[bool] = mapped_column(Boolean, info=PUBLIC)
    label_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    label_es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    notes_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    notes_es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    marker: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    marker_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    marker_es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"), info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


@append_only
class DeadlineRuleReview(Base):
    """An attorney read the law and stands for this version."""

    __tablename__ = "deadline_rule_review"

    rule_id: Mapped[int] = mapped_column(ForeignKey("deadline_rule.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class Closing(Base):
    """A day on which offices were closed beside weekends and federal holidays, by whose order."""

    __tablename__ = "closing"
    ended_by = ("closing_revocation.closing_id",)
    __table_args__ = (Index("ix_closing_on", "on"),)

    id: Mapped[int] = pk()
    on: Mapped[date] = mapped_column(Date, info=PUBLIC)
    en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    source: Mapped[str] = mapped_column(Text, info=PUBLIC)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class ClosingRevocation(Base):
    """It was a mistake: offices were open."""

    __tablename__ = "closing_revocation"

    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
