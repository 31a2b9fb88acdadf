"""Payouts with what they carry, and the movements of Stripe's balance that the ledger doesn't know."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from mexile.access.roles import ADMINISTRATOR, DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.payout.models import BalanceTransaction, Payout, PayoutLine
from mexile.gifts.payout.rules import Carried, PayoutSum
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground.db import db


def payouts(viewer: Viewer, most: int = 50) -> list[PayoutSum]:
    """The newest payouts, newest first, each with its lines. Two queries."""
    return newest_payouts(most) if viewer.is_any(ADMINISTRATOR, DEVELOPMENT, DIRECTOR) else []


def payouts_off() -> list[PayoutSum]:
    """Those of the newest payouts that the books don't explain to the cent."""
    return [payout for payout in newest_payouts() if payout.state == "off"]


def newest_payouts(most: int = 50) -> list[PayoutSum]:
    """The newest payouts, for the program itself. Two queries."""
    rows = db.session.scalars(select(Payout).order_by(Payout.made_at.desc(), Payout.stripe_payout).limit(most)).all()
    carried = _carried([row.stripe_payout for row in rows])
    return [
        PayoutSum(
            stripe_payout=row.stripe_payout,
            amount_cents=row.amount_cents,
            currency=row.currency,
            is_automatic=bool(row.is_automatic),
            said=row.said,
            made_at=row.made_at,
            arrives_at=row.arrives_at,
            lines=tuple(carried[row.stripe_payout]),
        )
        for row in rows
    ]


def _carried(payouts: list[str]) -> dict[str, list[Carried]]:
    """Payout -> its movements but for the payout's own, each with what the ledger says of it."""
    line, charge = aliased(LedgerLine), aliased(LedgerLine)
    # A charge's own line is known before its movement is; the line of its fee names that, and what it came to.
    of_charge = func.coalesce(line.settled_cents, charge.amount_cents, literal(0))
    other = func.coalesce(line.settled_cents, line.amount_cents)
    fee = select(func.sum(line.amount_cents + of_charge)).outerjoin(
        charge, and_(charge.kind == "charge", charge.source == line.source)
    )
    is_of = line.balance_transaction == BalanceTransaction.stripe_id
    booked_fee = fee.where(is_of, line.kind == "fee").correlate(BalanceTransaction).scalar_subquery()
    booked = select(func.sum(other)).where(is_of, line.kind != "fee").correlate(BalanceTransaction).scalar_subquery()
    rows = db.session.execute(
        select(PayoutLine.stripe_payout, BalanceTransaction, booked_fee, booked)
        .join(BalanceTransaction, BalanceTransaction.stripe_id == PayoutLine.balance_transaction)
        .where(PayoutLine.stripe_payout.in_(payouts), BalanceTransaction.category != "payout")
        .order_by(BalanceTransaction.at, BalanceTransaction.stripe_id)
    )
    carried = defaultdict(list)
    for payout, moved, charged, else_ in rows:
        is_booked = charged is not None or else_ is not None
        carried[payout].append(
            Carried(
                category=moved.category,
                amount_cents=moved.amount_cents,
                fee_cents=moved.fee_cents,
                is_of_payment=moved.stripe_payment_intent is not None,
                booked_cents=int((charged or 0) + (else_ or 0)) if is_booked else None,
            )
        )
    return carried


def newest_moment() -> datetime | None:
    """Until when Stripe's balance was copied."""
    return db.session.scalar(select(func.max(BalanceTransaction.at)))


def unbooked() -> list[BalanceTransaction]:
    """Movements of payments that are no line of the ledger, but for payments that somebody set aside. Oldest first."""
    aside = (
        select(Unmatched.stripe_id)
        .join(UnmatchedClosure, UnmatchedClosure.unmatched_id == Unmatched.id)
        .where(UnmatchedClosure.gift_id.is_(None))
    )
    line = LedgerLine.balance_transaction == BalanceTransaction.stripe_id
    is_gift = or_(BalanceTransaction.stripe_payment_intent.is_not(None), BalanceTransaction.category == "charge")
    names = func.coalesce(BalanceTransaction.stripe_payment_intent, BalanceTransaction.source)
    rows = select(BalanceTransaction).outerjoin(LedgerLine, line).where(LedgerLine.id.is_(None), is_gift)
    return list(db.session.scalars(rows.where(names.not_in(aside)).order_by(BalanceTransaction.at)))
