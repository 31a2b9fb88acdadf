"""The tables ``inquiry_decision`` and ``inquiry_answer``: what became of an inquiry, and what the person was told.

The table ``attorney_capacity``: how many open cases an attorney can answer for at once.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

_FIRST = text("corrects_id IS NULL")


class Decision(Base):
    """One decision. It stands until a further one corrects it; ``open_again`` takes it back.

    Each corrects the one before (``corrects_id``), so that the database itself refuses two at once.
    """

    __tablename__ = "inquiry_decision"
    __table_args__ = (
        CheckConstraint(
            "decision IN ('represent', 'accompany', 'refer', 'cannot', 'stayed', 'elsewhere', 'lost', 'open_again')",
            name="decision",
        ),
        CheckConstraint("decision <> 'open_again' OR corrects_id IS NOT NULL", name="open_again"),
        Index(
            "uq_inquiry_decision_first",
            "inquiry_id",
            unique=True,
            sqlite_where=_FIRST,
            postgresql_where=_FIRST,
        ),
        Index("ix_inquiry_decision_inquiry_id", "inquiry_id"),
    )

    id: Mapped[int] = pk()
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), info=STAFF)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry_decision.id"), unique=True, info=STAFF)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("conflict_check.id"), info=STAFF)
    decision: Mapped[str] = mapped_column(Text, info=STAFF)
    reason: Mapped[str | None] = mapped_column(Text, info=STAFF)
    decided_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class Answer(WithRid, Base):
    """The person was told a decision: when, in which words, and where else to turn."""

    __tablename__ = "inquiry_answer"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_inquiry_answer_inquiry_id", "inquiry_id"),
        Index("ix_inquiry_answer_decision_id", "decision_id"),
        Index("ix_inquiry_answer_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), info=STAFF)
    decision_id: Mapped[int] = mapped_column(ForeignKey("inquiry_decision.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    told_on: Mapped[date] = mapped_column(Date, info=STAFF)
    words_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    elsewhere_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    words = Sealed("words_enc")
    elsewhere = Sealed("elsewhere_enc")


class AttorneyCapacity(Base):
    """What was said of one attorney; the newest row counts."""

    __tablename__ = "attorney_capacity"
    __table_args__ = (
        CheckConstraint("cases BETWEEN 0 AND 1000", name="cases"),
        Index("ix_attorney_capacity_user_id", "user_id", "id"),
    )

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    cases: Mapped[int] = mapped_column(Integer, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
