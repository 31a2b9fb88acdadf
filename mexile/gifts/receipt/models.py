"""The tables ``receipt``, ``receipt_text``, ``receipt_void`` and ``receipt_book``: numbers without gaps, never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, append_only, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

VOID_REASONS = ("refunded", "corrected", "cancelled", "disputed", "reissued")


@append_only
class Receipt(Base):
    """What was receipted: the amount at that moment (none for a gift in kind), in the donor's language.

    Version 2 follows when part of the money went back, or when something on it was wrong; the version before is void.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("gift_id", "version"),
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
    )

    id: Mapped[int] = pk()
    number: Mapped[int] = mapped_column(Integer, unique=True, info=PUBLIC)
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)
    amount_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    issued_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    @property
    def code(self) -> str:
        """The number as people write it: R-000123."""
        return f"R-{self.number:06d}"


@append_only
class ReceiptText(WithRid, Base):
    """All that a receipt says, as it was when it was issued: names, addresses, fund, organization, rules and wording.

    ``is_later``: the receipt was issued before texts were kept, and this is how it read on the day they began to be.
    """

    __tablename__ = "receipt_text"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("is_later IN (0, 1)", name="is_later"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), primary_key=True, info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    said_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    is_later: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    said = Sealed("said_enc")


class ReceiptVoid(Base):
    """A receipt that is no longer good, since when and why."""

    __tablename__ = "receipt_void"
    __table_args__ = (CheckConstraint(f"reason IN {VOID_REASONS}", name="reason"),)

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"), primary_key=True, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class ReceiptBook(Base):
    """The last number given out: one row, raised in the transaction that issues the receipt, so there is no gap."""

    __tablename__ = "receipt_book"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, info=STAFF)
    last_number: Mapped[int] = mapped_column(Integer, info=STAFF)
