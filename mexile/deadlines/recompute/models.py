"""Reckoning anew: what a change of a rule, a closing, a clock or a trigger would do to the open
deadlines, as one proposal. Nothing changes until an attorney has read it and said yes.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

CAUSES = ("rule", "closing", "trigger", "clock", "all")
ANSWERS = ("confirmed", "discarded")


class Recompute(Base):
    """One proposal. `subject` is the code of what changed; `seen` and `total` say how far a long
    one has come."""

    __tablename__ = "recompute"
    __table_args__ = (CheckConstraint(one_of("cause", CAUSES), name="cause"),)

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    cause: Mapped[str] = mapped_column(Text, info=STAFF)
    subject: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    total: Mapped[int] = mapped_column(Integer, info=STAFF)
    seen: Mapped[int] = mapped_column(Integer, info=STAFF)
    ready_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class RecomputeLine(Base):
    """One deadline that would change: old -> new. A `new_due_on` left empty means that there is
    no date any more, since the clock stands still."""

    __tablename__ = "recompute_line"
    __table_args__ = (Index("ix_recompute_line_recompute_id", "recompute_id"),)

    id: Mapped[int] = pk()
    recompute_id: Mapped[int] = mapped_column(ForeignKey("recompute.id"), info=STAFF)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), info=STAFF)
    old_due_on: Mapped[date] = mapped_column(Date, info=STAFF)
    old_internal_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    old_rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"), info=STAFF)
    old_trigger_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    new_due_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    new_internal_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    new_computed_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    new_trigger_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    new_rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"), info=STAFF)
    inputs: Mapped[str] = mapped_column(Text, info=STAFF)
    why_en: Mapped[str] = mapped_column(Text, info=STAFF)
    why_es: Mapped[str] = mapped_column(Text, info=STAFF)


class RecomputeAnswer(Base):
    """What the attorney said to it, and how many deadlines it changed."""

    __tablename__ = "recompute_answer"
    __table_args__ = (CheckConstraint(one_of("answer", ANSWERS), name="answer"),)

    recompute_id: Mapped[int] = mapped_column(ForeignKey("recompute.id"), primary_key=True, info=STAFF)
    answer: Mapped[str] = mapped_column(Text, info=STAFF)
    changed: Mapped[int] = mapped_column(Integer, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
