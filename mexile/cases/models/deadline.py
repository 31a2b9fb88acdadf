"""A deadline: the last day on which something may be done for a member, and why that day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Deadline(Base):
    """`due_on` is the outer limit in law, `internal_on` the day we set ourselves before it.

    `why_en` and `why_es` explain the day ("entry 23 Nov 2024 + 1 year = ..."). A deadline
    stays visible past its day until somebody closes it with a reason.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("internal_on IS NULL OR internal_on <= due_on", name="target_before_limit"),
        Index("ix_deadline_owner_user_id_due_on", "owner_user_id", "due_on"),
        Index("ix_deadline_member_id_due_on", "member_id", "due_on"),
        Index("ix_deadline_due_on", "due_on"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    rule_code: Mapped[str] = mapped_column(Text, info=STAFF)
    due_on: Mapped[date] = mapped_column(Date, info=STAFF)
    internal_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    fatal: Mapped[bool] = mapped_column(Boolean, default=False, info=STAFF)
    owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    why_en: Mapped[str] = mapped_column(Text, info=STAFF)
    why_es: Mapped[str] = mapped_column(Text, info=STAFF)


class DeadlineClosure(Base):
    """A deadline that was met, or set aside with a reason."""

    __tablename__ = "deadline_closure"

    deadline_id: Mapped[int] = mapped_column(
        ForeignKey("deadline.id"), primary_key=True, info=STAFF
    )
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
