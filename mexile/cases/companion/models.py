"""What those who accompany at a date are told beside day and place."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


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
