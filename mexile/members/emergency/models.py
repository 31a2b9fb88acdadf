"""The tables ``emergency_access`` and ``emergency_review``: need-to-know broken open for an hour, with a reason."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

VERDICTS = ("justified", "unjustified")


class EmergencyAccess(WithRid, Base):
    """Somebody of the staff opened a member to whom she is not assigned. It stands until ``until_at``, or until
    ``ended_at`` where it was ended before. Where ``waits`` is 1 it was asked for and opens nothing until a
    director, ``opened_by_user_id``, opens it: its hour runs from then. The reason is sealed under the member's key: it says what happened.
    """

    __tablename__ = "emergency_access"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("until_at > at", name="moments"),
        Index("ix_emergency_access_user_id_until_at", "user_id", "until_at"),
        Index("ix_emergency_access_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    until_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    waits: Mapped[int] = mapped_column(Integer, default=0, server_default="0", info=STAFF)
    opened_by_user_id: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    reason_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)

    reason = Sealed("reason_enc")


class EmergencyReview(WithRid, Base):
    """Somebody else looked at an emergency access afterwards and said what she thinks of it."""

    __tablename__ = "emergency_review"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_emergency_review_member_id", "member_id"),
        CheckConstraint("verdict IN ('justified', 'unjustified')", name="verdict"),
    )

    access_id: Mapped[int] = mapped_column(ForeignKey("emergency_access.id"), primary_key=True, info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    verdict: Mapped[str] = mapped_column(Text, info=STAFF)
    words_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)

    words = Sealed("words_enc")
