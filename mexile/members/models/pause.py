"""The tables ``member_pause`` and ``member_resumption``: nothing happens for a while, and it goes on."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class MemberPause(Base):
    """We wait with this person, and why. A member is paused while the newest has no resumption;
    ``until_on`` is the day on which somebody should ask again, and ends nothing by itself."""

    __tablename__ = "member_pause"
    __table_args__ = (Index("ix_member_pause_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    until_on: Mapped[date | None] = mapped_column(Date, info=STAFF)


class MemberResumption(Base):
    """It goes on, or the pause was a mistake, or the record was closed."""

    __tablename__ = "member_resumption"

    pause_id: Mapped[int] = mapped_column(ForeignKey("member_pause.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
