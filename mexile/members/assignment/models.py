"""The table ``assignment``: who is assigned to whom, from when to when. All need-to-know hangs on it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

_OPEN = text("to_at IS NULL")


class Assignment(Base):
    """One person of the staff beside one member. A release fills ``to_at`` and ends access at the next request."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("to_at IS NULL OR to_at >= from_at", name="moments"),
        Index(
            "uq_assignment_open",
            "member_id",
            "user_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_assignment_user_id", "user_id", "member_id"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    from_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    to_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    reason_from: Mapped[str] = mapped_column(Text, info=STAFF)
    reason_to: Mapped[str | None] = mapped_column(Text, info=STAFF)
