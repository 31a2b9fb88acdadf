"""Who answered for a date, or walked along at it, and no longer does."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, Index, Integer, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class EventPast(Base):
    """Until when a date was somebody's, and the day and hour it had then: there it stands in the calendar that
    they took along."""

    __tablename__ = "event_past"
    __table_args__ = (Index("ix_event_past_event_id", "event_id"), Index("ix_event_past_user_id", "user_id"))

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    until_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    zone: Mapped[str] = mapped_column(Text, info=STAFF)
    fold: Mapped[int | None] = mapped_column(Integer, info=STAFF)
