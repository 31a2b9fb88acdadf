"""The tables ``member_closure`` and ``member_reopening``: closed is a record with its day and reason, not a flag."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class MemberClosure(Base):
    """We no longer accompany this person, and why. A member is closed while the newest has no reopening."""

    __tablename__ = "member_closure"
    __table_args__ = (Index("ix_member_closure_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class MemberReopening(Base):
    """The person came back, or the closure was a mistake."""

    __tablename__ = "member_reopening"

    closure_id: Mapped[int] = mapped_column(ForeignKey("member_closure.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
