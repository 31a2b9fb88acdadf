"""MPP, "Remain in Mexico": somebody of a case was sent back to wait there, and whether an exemption was asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

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
