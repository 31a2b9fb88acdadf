"""Not out yet: who went in, until when they were expected, and who was told that they are not out.

Ready to go? What must stand before a check-in or a hearing, each answer a row.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Presence(Base):
    """They went in at an event. They are in while it has no `PresenceOut`."""

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint("expected_out_at > entered_at", name="moments"),
        Index("ix_presence_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    entered_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    expected_out_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class PresenceOut(Base):
    """They are out."""

    __tablename__ = "presence_out"

    presence_id: Mapped[int] = mapped_column(ForeignKey("presence.id"), primary_key=True, info=STAFF)
    out_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class PresenceNotice(Base):
    """Somebody was told that they are not out yet, as the so-manieth. One notice a step."""

    __tablename__ = "presence_notice"

    presence_id: Mapped[int] = mapped_column(ForeignKey("presence.id"), primary_key=True, info=STAFF)
    step: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


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
