"""A proceeding: one run of a case before one court. A remand or a reopening is a new one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, Text
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
