"""Ready to go? What must stand before a check-in or a hearing, each answer a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.models.event import one_of
from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

ITEMS = ("attorney", "address", "caregiver", "interpreter", "ride")
ANSWERS = ("yes", "not_needed", "not_yet")


class Readiness(Base):
    """One answer about one thing before an event. The newest of a thing holds; `reason` says why it isn't needed."""

    __tablename__ = "readiness"
    __table_args__ = (
        CheckConstraint(one_of("item", ITEMS), name="item"),
        CheckConstraint(one_of("answer", ANSWERS), name="answer"),
        CheckConstraint("(answer = 'not_needed') = (reason IS NOT NULL)", name="not_needed_has_a_reason"),
        Index("ix_readiness_event_id_item", "event_id", "item"),
    )

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    item: Mapped[str] = mapped_column(Text, info=STAFF)
    answer: Mapped[str] = mapped_column(Text, info=STAFF)
    reason: Mapped[str | None] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
