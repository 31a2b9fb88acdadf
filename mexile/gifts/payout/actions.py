"""Copying Stripe's balance and its payouts: each movement once, and never changed."""

from datetime import datetime

from sqlalchemy import select

from mexile.gifts import stripe_api
from mexile.gifts.payout.models import BalanceTransaction, Payout, PayoutLine
from mexile.gifts.stripe.rules import Moved, PaidOut
from mexile.ground import clock
from mexile.ground.db import db, writing


def copy_balance(since: datetime) -> None:
    """All that moved Stripe's balance since then, and the payouts; asked outside of transactions. Again it adds nothing."""
    seen_at = clock.now()
    moved, paid_out = stripe_api.moved_since(since), stripe_api.payouts_since(since)
    with writing():
        _keep(moved, seen_at)
        for payout in paid_out:
            _note(payout, seen_at)
    for payout in paid_out:
        if payout.is_listed and not _has_lines(payout.id):
            lines = stripe_api.moved_by(payout.id)
            with writing():
                _keep(lines, seen_at)
                _carry(payout.id, lines)


def _keep(moved: list[Moved], seen_at: datetime) -> None:
    ids = [row.id for row in moved]
    known = set(db.session.scalars(select(BalanceTransaction.stripe_id).where(BalanceTransaction.stripe_id.in_(ids))))
    for row in moved:
        if row.id not in known:
            db.session.add(
                BalanceTransaction(
                    stripe_id=row.id,
                    category=row.category,
                    amount_cents=row.cents,
                    fee_cents=row.fee_cents,
                    currency=row.currency,
                    source=row.source,
                    stripe_payment_intent=row.intent,
                    at=row.at,
                    seen_at=seen_at,
                )
            )
    db.session.flush()


def _note(payout: PaidOut, seen_at: datetime) -> None:
    row = db.session.get(Payout, payout.id)
    if row is None:
        row = Payout(
            stripe_payout=payout.id,
            amount_cents=payout.cents,
            currency=payout.currency,
            is_automatic=int(payout.is_automatic),
            said=payout.said,
            said_at=seen_at,
            made_at=payout.made_at,
            arrives_at=payout.arrives_at,
        )
        db.session.add(row)
    elif row.said_at <= seen_at:
        row.said, row.said_at, row.arrives_at = payout.said, seen_at, payout.arrives_at
    db.session.flush()


def _carry(payout: str, lines: list[Moved]) -> None:
    if not _has_lines(payout):
        db.session.add_all(PayoutLine(stripe_payout=payout, balance_transaction=line.id) for line in lines)
        db.session.flush()


def _has_lines(payout: str) -> bool:
    return db.session.scalar(select(PayoutLine).where(PayoutLine.stripe_payout == payout).limit(1)) is not None
