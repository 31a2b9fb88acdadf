"""Who is needed at a date, who said no, and what those who accompany are told beside day and place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import COMPANIONS, one_of
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

REASONS = ("working", "away", "ill", "too_far", "another_date", "other")


class EventNote(WithRid, Base):
    """Where they meet the person, and a note for them. Sealed under the key of the one person of the
    date, or under one of its own where there are several."""

    __tablename__ = "event_note"
    __table_args__ = (CheckConstraint("length(key_id) = 16", name="key_id_length"),)

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True, info=STAFF)
    meeting_point_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    meeting_point = Sealed("meeting_point_enc")
    note = Sealed("note_enc")


class EventNeed(Base):
    """How many of one role a date needs. Without a row nobody counted: any number may say yes."""

    __tablename__ = "event_need"
    __table_args__ = (
        CheckConstraint(one_of("role", COMPANIONS), name="role"),
        CheckConstraint("seats BETWEEN 1 AND 20", name="seats"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, info=STAFF)
    role: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    seats: Mapped[int] = mapped_column(Integer, info=STAFF)


class CompanionRefusal(Base):
    """Somebody said that they can't come, and why, where they said so. A no stays written."""

    __tablename__ = "companion_refusal"
    __table_args__ = (
        CheckConstraint(one_of("role", COMPANIONS), name="role"),
        CheckConstraint(f"reason IS NULL OR {one_of('reason', REASONS)}", name="reason"),
        Index("ix_companion_refusal_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    reason: Mapped[str | None] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
