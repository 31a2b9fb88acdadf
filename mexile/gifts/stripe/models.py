"""The table ``stripe_event``: Stripe's hints, each kept before it is answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.gifts.unmatched.models import ROOTS
from mexile.ground.db import Base, Moment
from mexile.ground.privacy import STAFF


class StripeEvent(Base):
    """The inbox: one row an event, kept before it is answered. It holds no payload, since that names the donor."""

    __tablename__ = "stripe_event"
    __table_args__ = (
        CheckConstraint(f"root IN {ROOTS}", name="root"),
        Index("ix_stripe_event_received_at", "received_at"),
    )

    event_id: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    type: Mapped[str] = mapped_column(Text, info=STAFF)
    root: Mapped[str] = mapped_column(Text, info=STAFF)
    root_id: Mapped[str] = mapped_column(Text, info=STAFF)
    api_version: Mapped[str] = mapped_column(Text, info=STAFF)
    created_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    received_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
