"""The tables ``unmatched`` and ``unmatched_closure``: what at Stripe fits no gift, until somebody looked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

ROOTS = ("session", "payment_intent", "invoice", "subscription", "dispute", "none")


class Unmatched(Base):
    """Something at Stripe that no gift of ours explains, and that a person must look at."""

    __tablename__ = "unmatched"
    __table_args__ = (CheckConstraint(f"root IN {ROOTS}", name="root"),)

    id: Mapped[int] = pk()
    root: Mapped[str] = mapped_column(Text, info=STAFF)
    stripe_id: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, info=STAFF)
    seen_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class UnmatchedClosure(Base):
    """Somebody looked: it became a gift, or it was set aside with a reason."""

    __tablename__ = "unmatched_closure"

    unmatched_id: Mapped[int] = mapped_column(ForeignKey("unmatched.id"), primary_key=True, info=STAFF)
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gift.id"), info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
