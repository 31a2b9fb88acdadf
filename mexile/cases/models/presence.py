"""Not out yet: who went in, until when they were expected, and who was told that they are not out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

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
