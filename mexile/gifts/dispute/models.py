"""The table ``dispute``: a donor's bank takes a payment back, and asks until a day why it should not."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Dispute(Base):
    """What Stripe last said about a dispute. What it moved stands in the ledger lines of the gift alone.

    ``said`` is Stripe's status, fetched at ``said_at``; only the projection writes it. ``due_at`` is the last moment
    to answer, none where nothing can be answered. Without a gift it belongs to a payment that is unmatched yet.
    """

    __tablename__ = "dispute"
    __table_args__ = (Index("ix_dispute_gift_id", "gift_id"),)

    id: Mapped[int] = pk()
    stripe_dispute: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    stripe_payment_intent: Mapped[str] = mapped_column(Text, info=STAFF)
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"), info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    said: Mapped[str] = mapped_column(Text, info=STAFF)
    said_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    due_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    opened_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
