"""The table ``ledger_line``: what really moved, to the cent, never changed and never deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import STAFF

KINDS = ("charge", "fee", "refund", "refund_failed", "dispute", "dispute_fee", "reinstated")


@append_only
class LedgerLine(Base):
    """One movement, positive when the organization gains by it.

    ``source`` is the object it comes from (a Stripe charge or refund; a gift's code where people recorded it),
    ``balance_transaction`` what it is in Stripe's balance. A charge is known before its balance transaction is:
    the line with its fee, which comes later, carries that. Both identities are unique within a kind, so that
    nothing is ever booked twice. ``on`` is the day in the organization's zone.

    ``settled_cents`` and ``settled_currency`` are what the movement came to in Stripe's balance where that has another
    currency than the payment; those of a charge stand on its fee's line, which is the first to know them.
    """

    __tablename__ = "ledger_line"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(
            "CASE WHEN kind IN ('charge', 'refund_failed', 'reinstated') THEN amount_cents > 0 "
            "ELSE amount_cents <= 0 END",
            name="sign",
        ),
        UniqueConstraint("kind", "source"),
        UniqueConstraint("kind", "balance_transaction"),
        Index("ix_ledger_line_gift_id", "gift_id"),
        Index("ix_ledger_line_on", "on"),
    )

    id: Mapped[int] = pk()
    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, default="USD", info=STAFF)
    settled_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    settled_currency: Mapped[str | None] = mapped_column(Text, info=STAFF)
    source: Mapped[str] = mapped_column(Text, info=STAFF)
    balance_transaction: Mapped[str | None] = mapped_column(Text, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
