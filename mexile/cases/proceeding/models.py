"""A proceeding: one run of a case before one court. A remand or a reopening is a new one.

MPP, "Remain in Mexico": somebody of a case was sent back to wait there, and whether an exemption was asked.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import PUBLIC, STAFF


class Proceeding(Base):
    """`member_id` is the lead of its case, through whom it is seen."""

    __tablename__ = "proceeding"
    __table_args__ = (
        Index("ix_proceeding_case_id", "case_id"),
        Index("ix_proceeding_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info=STAFF)
    judge_id: Mapped[int | None] = mapped_column(ForeignKey("judge.id"), info=STAFF)
    began_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    __mapper_args__ = {"version_id_col": version}


class ProceedingDecision(Base):
    """How a proceeding ended, on which day. The newest that nobody took back counts; what was
    written before stays. `event_id`: the date whose outcome said it."""

    __tablename__ = "proceeding_decision"
    ended_by = ("proceeding_decision_void.decision_id",)
    __table_args__ = (Index("ix_proceeding_decision_proceeding_id", "proceeding_id"),)

    id: Mapped[int] = pk()
    proceeding_id: Mapped[int] = mapped_column(ForeignKey("proceeding.id"), info=STAFF)
    outcome: Mapped[str] = mapped_column(Text, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=STAFF)


class ProceedingDecisionVoid(Base):
    """A decision that was written by mistake: the proceeding has none, or the one before it."""

    __tablename__ = "proceeding_decision_void"

    decision_id: Mapped[int] = mapped_column(ForeignKey("proceeding_decision.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


MPP_FIELDS = ("placed_on", "asked_on", "asked_of", "reason", "answer", "answered_on")


class Mpp(Base):
    """One person of a case under MPP, with the exemption that was asked for, of whom, and the answer.

    Mexicans were never in it; a row of one is a mistake that the page asks about, not one it forbids.
    """

    __tablename__ = "mpp"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_day"),
        CheckConstraint("answer IS NULL OR asked_on IS NOT NULL", name="asked_before_answer"),
        Index("ix_mpp_case_id", "case_id"),
        Index("ix_mpp_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    placed_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    asked_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    asked_of: Mapped[str | None] = mapped_column(Text, info=STAFF)
    reason: Mapped[str | None] = mapped_column(Text, info=STAFF)
    answer: Mapped[str | None] = mapped_column(Text, info=STAFF)
    answered_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    __mapper_args__ = {"version_id_col": version}
