"""The tables of "removed at their request": asked, confirmed, called off, done; and the hold that stops it.

One person asks, another confirms, seventy-two hours pass. ``member_erasure`` is the tombstone: the row of
the member stays with what reports count, and what could identify the person is gone with the key.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class EraseRequest(Base):
    """Somebody of the staff passes on that a person wants to be removed; ``reason`` is how they said so."""

    __tablename__ = "erase_request"
    ended_by = ("erase_cancellation.request_id", "member_erasure.request_id")
    __table_args__ = (Index("ix_erase_request_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class EraseConfirmation(Base):
    """A second person confirms. Nothing happens before ``due_at``."""

    __tablename__ = "erase_confirmation"

    request_id: Mapped[int] = mapped_column(ForeignKey("erase_request.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    due_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class EraseCancellation(Base):
    """The request was called off in time, before or after it was confirmed."""

    __tablename__ = "erase_cancellation"

    request_id: Mapped[int] = mapped_column(ForeignKey("erase_request.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class MemberErasure(Base):
    """The tombstone: this member was removed. ``keys`` were destroyed, ``cells`` sealed fields emptied.

    One row also for each record that had been merged into the person; all name the same request.
    ``done_at`` is filled when the keys are gone as well: until then the job begins again.
    """

    __tablename__ = "member_erasure"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, info=STAFF)
    request_id: Mapped[int] = mapped_column(ForeignKey("erase_request.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    keys: Mapped[int] = mapped_column(Integer, info=STAFF)
    cells: Mapped[int] = mapped_column(Integer, info=STAFF)
    done_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class LegalHold(Base):
    """The law obliges us to keep this person's record for now: nothing of it is erased while it stands."""

    __tablename__ = "legal_hold"
    ended_by = ("legal_hold_release.hold_id",)
    __table_args__ = (Index("ix_legal_hold_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class LegalHoldRelease(Base):
    """The hold was lifted."""

    __tablename__ = "legal_hold_release"

    hold_id: Mapped[int] = mapped_column(ForeignKey("legal_hold.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
