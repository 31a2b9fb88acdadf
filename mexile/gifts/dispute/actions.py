"""Writing down what Stripe says about disputes. Inside `writing()`."""

from datetime import datetime

from sqlalchemy import select

from mexile.gifts.dispute.models import Dispute
from mexile.gifts.gift.models import Gift
from mexile.gifts.stripe.rules import Payment
from mexile.ground import trail
from mexile.ground.db import db


def note_disputes(gift: Gift | None, payment: Payment, seen_at: datetime) -> bool:
    """Keep each dispute of a payment as it was last seen, with its gift once there is one. True when one changed."""
    has_changed = False
    for truth in payment.disputes:
        row = db.session.scalar(select(Dispute).where(Dispute.stripe_dispute == truth.id))
        if row is None:
            row = Dispute(
                stripe_dispute=truth.id,
                stripe_payment_intent=payment.intent,
                amount_cents=truth.cents,
                currency=truth.currency,
                reason=truth.reason,
                said="",
                said_at=seen_at,
                opened_at=truth.opened_at,
            )
            db.session.add(row)
        if gift is not None and row.gift_id is None:
            row.gift_id, has_changed = gift.id, True
        if row.said_at <= seen_at:
            if row.said != truth.said:
                has_changed = True
                trail.record("gift.dispute", gift.code if gift else None, said=truth.said)
            row.said, row.due_at, row.said_at = truth.said, truth.due_at, seen_at
        db.session.flush()
    return has_changed
