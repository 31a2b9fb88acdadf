"""Custody: who is held from which day on, where, and how it ended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

HELD_BY = ("unknown", "ice", "cbp", "hospital", "criminal")
ENDS = ("bond", "parole", "ror", "atd", "osup", "removed", "returned", "unknown")
SENT_BACK = ("removed", "returned")
"""Ends after which nobody knows yet where the person is."""


class Detention(WithRid, Base):
    """A member is held from a day on. It goes on while it has neither end nor void."""

    __tablename__ = "detention"
    ended_by = ("detention_void.detention_id",)
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(one_of("held_by", HELD_BY), name="held_by"),
        Index("ix_detention_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id"), info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    held_by: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    note = Sealed("note_enc")


class DetentionStay(Base):
    """From this day on the person is in this place. The first is where it began, every later one a
    transfer, which changes the law with the circuit of the place."""

    __tablename__ = "detention_stay"
    __table_args__ = (
        Index("uq_detention_stay_day", "detention_id", "from_on", unique=True),
        Index("ix_detention_stay_place_id", "place_id"),
    )

    id: Mapped[int] = pk()
    detention_id: Mapped[int] = mapped_column(ForeignKey("detention.id"), info=STAFF)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class DetentionEnd(Base):
    """The person is held no longer since a day, and how she came out."""

    __tablename__ = "detention_end"
    __table_args__ = (CheckConstraint(one_of("how", ENDS), name="how"),)

    detention_id: Mapped[int] = mapped_column(ForeignKey("detention.id"), primary_key=True, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    how: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class DetentionVoid(Base):
    """It was a mistake: the person was not detained."""

    __tablename__ = "detention_void"

    detention_id: Mapped[int] = mapped_column(ForeignKey("detention.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
