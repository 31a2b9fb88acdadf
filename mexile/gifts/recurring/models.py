"""The tables ``recurring_gift`` and ``recurring_gift_end``: a promise to give every month, and its end."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import PUBLIC, STAFF

ENDED_BY = ("donor", "staff", "stripe")


class RecurringGift(Base):
    """A monthly gift, one subscription at Stripe. ``said`` is the subscription's status as last fetched."""

    __tablename__ = "recurring_gift"
    ended_by = ("recurring_gift_end.recurring_gift_id",)
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
        Index("ix_recurring_gift_donor_id", "donor_id"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    donor_id: Mapped[int] = mapped_column(ForeignKey("donor.id"), info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, default="USD", info=STAFF)
    fund_code: Mapped[str] = mapped_column(ForeignKey("fund.code"), info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    stripe_subscription: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    stripe_customer: Mapped[str] = mapped_column(Text, info=STAFF)
    said: Mapped[str] = mapped_column(Text, info=STAFF)
    said_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    started_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class RecurringGiftEnd(Base):
    """The monthly gift was stopped, by whom and when; nobody is asked why."""

    __tablename__ = "recurring_gift_end"
    __table_args__ = (CheckConstraint(f"by IN {ENDED_BY}", name="by"),)

    recurring_gift_id: Mapped[int] = mapped_column(ForeignKey("recurring_gift.id"), primary_key=True, info=STAFF)
    by: Mapped[str] = mapped_column(Text, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
