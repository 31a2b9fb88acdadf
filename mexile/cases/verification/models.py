"""Somebody made sure of a date: it is the same, or it changed, and what it was before."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

ANSWERS = ("same", "changed", "edited")


class EventCheck(Base):
    """`same` and `changed` answer the queue of dates to verify; `edited` is a change made on the
    event's own page. The columns `was_` hold what the date said before, where it changed."""

    __tablename__ = "event_check"
    __table_args__ = (
        CheckConstraint(one_of("answer", ANSWERS), name="answer"),
        Index("ix_event_check_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    source: Mapped[str | None] = mapped_column(Text, info=STAFF)
    answer: Mapped[str] = mapped_column(Text, info=STAFF)
    was_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    was_at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    was_zone: Mapped[str | None] = mapped_column(Text, info=STAFF)
    was_precision: Mapped[str | None] = mapped_column(Text, info=STAFF)
    was_place: Mapped[str | None] = mapped_column(Text, info=STAFF)
