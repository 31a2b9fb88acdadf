"""The tables ``balance_transaction``, ``payout`` and ``payout_line``: Stripe's own book, copied each night, and its deposits."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only
from mexile.ground.privacy import STAFF


@append_only
class BalanceTransaction(Base):
    """One movement of Stripe's balance, as Stripe lists it. What of it is a gift's stands in the ledger, by its identifier.

    ``category`` is Stripe's reporting category. ``stripe_payment_intent`` is the payment whose charge, refund or dispute
    moved, none for payouts, for fees and for charges that were made without one.
    """

    __tablename__ = "balance_transaction"
    __table_args__ = (Index("ix_balance_transaction_at", "at"),)

    stripe_id: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    category: Mapped[str] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    fee_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, info=STAFF)
    source: Mapped[str] = mapped_column(Text, info=STAFF)
    stripe_payment_intent: Mapped[str | None] = mapped_column(Text, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    seen_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class Payout(Base):
    """A deposit on the bank statement. ``said`` is Stripe's status, fetched at ``said_at``.

    Of one that somebody asked for by hand Stripe doesn't tell which movements it carries.
    """

    __tablename__ = "payout"
    __table_args__ = (CheckConstraint("is_automatic IN (0, 1)", name="is_automatic"),)

    stripe_payout: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, info=STAFF)
    is_automatic: Mapped[int] = mapped_column(Integer, info=STAFF)
    said: Mapped[str] = mapped_column(Text, info=STAFF)
    said_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    made_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    arrives_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


@append_only
class PayoutLine(Base):
    """A movement that an automatic payout carries to the bank."""

    __tablename__ = "payout_line"
    __table_args__ = (Index("ix_payout_line_balance_transaction", "balance_transaction"),)

    stripe_payout: Mapped[str] = mapped_column(ForeignKey("payout.stripe_payout"), primary_key=True, info=STAFF)
    balance_transaction: Mapped[str] = mapped_column(
        ForeignKey("balance_transaction.stripe_id"), primary_key=True, info=STAFF
    )
