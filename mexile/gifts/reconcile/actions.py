"""Asking Stripe for what its events should have told: at each start of the worker and every night.

What is missing goes through the door of the events, so that a lost event and a late one end in the same lines.
"""

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.gift.models import Gift
from mexile.gifts.lane.actions import LANE, knows_us, patience
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock, organization, queue
from mexile.ground.db import db, writing

LOOK_BACK = timedelta(days=3)
NIGHT = 2
"""The hour from which a night's question is asked."""

THIS_START = secrets.token_hex(8)


@queue.every(1800)
def ask_what_was_missed() -> None:
    """Put the question of this start and of this night, once each."""
    if not config().stripe_key:
        return
    here = clock.now().astimezone(ZoneInfo(organization.zone()))
    with writing():
        queue.put("gifts.reconcile", f"start {THIS_START}", {"run": f"start {THIS_START}"})
        if here.hour >= NIGHT:
            queue.put("gifts.reconcile", f"night {here:%Y-%m-%d}", {"run": f"night {here:%Y-%m-%d}"})


@queue.handles("gifts.reconcile", lane=LANE)
def work_reconcile(body: dict) -> None:
    """Look for monthly gifts, their paid months and movements that no line of ours knows, and ask for each."""
    moment = clock.now()
    with patience("account", ""):
        if knows_us() is False:
            raise stripe_api.StripeShut("another account")  # what moved there is none of ours
        missed = _missed(moment - LOOK_BACK)
    with writing():
        for root, identifier in missed:
            job = {"root": root, "id": identifier, "at": moment.isoformat()}
            queue.put("gifts.event", f"{body['run']} {root} {identifier}", job)


def _missed(since: datetime) -> list[tuple[str, str]]:
    missed = [("payment_intent", intent) for intent in _unknown_payments(since)]
    missed += [("dispute", dispute) for dispute in _unmatched_disputes()]
    for subscription in _open_subscriptions():
        try:
            missed += [("invoice", invoice) for invoice in _unknown_invoices(subscription)]
            missed.append(("subscription", subscription))
        except stripe_api.StripeUnknown:
            continue  # deleted there, and no event will come of it any more
    return missed


def _unmatched_disputes() -> list[str]:
    """Disputes that were kept without their payment, as all of them once were."""
    closed = UnmatchedClosure.unmatched_id == Unmatched.id
    rows = select(Unmatched.stripe_id).outerjoin(UnmatchedClosure, closed)
    disputes = list(
        db.session.scalars(rows.where(Unmatched.root == "dispute", UnmatchedClosure.unmatched_id.is_(None)))
    )
    db.session.rollback()
    return disputes


def _open_subscriptions() -> list[str]:
    ended = RecurringGiftEnd.recurring_gift_id == RecurringGift.id
    rows = select(RecurringGift.stripe_subscription).outerjoin(RecurringGiftEnd, ended)
    subscriptions = list(db.session.scalars(rows.where(RecurringGiftEnd.recurring_gift_id.is_(None))))
    db.session.rollback()
    return subscriptions


def _unknown_invoices(subscription: str) -> list[str]:
    """The paid months of a subscription for which no money stands in the ledger."""
    paid = stripe_api.paid_invoices(subscription)
    booked = select(Gift.stripe_invoice).join(LedgerLine, LedgerLine.gift_id == Gift.id)
    known = set(db.session.scalars(booked.where(Gift.stripe_invoice.in_(paid), LedgerLine.kind == "charge")))
    db.session.rollback()
    return [invoice for invoice in paid if invoice not in known]


def _unknown_payments(since: datetime) -> list[str]:
    """The payments of whose charge, refunds or disputes something moved that is no line of ours."""
    moved = stripe_api.moved_since(since)
    booked = select(LedgerLine.balance_transaction).where(LedgerLine.balance_transaction.in_([row for row, _ in moved]))
    known = set(db.session.scalars(booked))
    db.session.rollback()
    return list(dict.fromkeys(intent for row, intent in moved if row not in known))
