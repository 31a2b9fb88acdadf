"""Asking Stripe for what its events should have told: at each start of the worker and every night.

Stripe's balance is copied, three days of it anew each time; what no line of the ledger explains goes through the door
of the events, so that a lost event, a late one and a month without any end in the same lines.
"""

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.dispute.rules import OVER
from mexile.gifts.gift.models import Gift
from mexile.gifts.lane.actions import LANE, knows_us, patience
from mexile.gifts.payout.actions import copy_balance
from mexile.gifts.payout.queries import newest_moment, unbooked
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.gifts.stripe import setup
from mexile.gifts.stripe.actions import note_unmatched
from mexile.gifts.stripe.rules import Subscription
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
    """Copy Stripe's balance, and ask for each payment, dispute and monthly gift of which something is not written down."""
    moment = clock.now()
    with patience("account", ""):
        if knows_us() is False:
            raise stripe_api.StripeShut("another account")  # what moved there is none of ours
        since = _since(moment)
        db.session.rollback()
        copy_balance(since)
        setup.note(config().home)
        missed = [*_changed_disputes(since), *_changed_subscriptions(), *_late_payments()]
    with writing():
        for row in unbooked():
            if row.stripe_payment_intent:
                missed.append(("payment_intent", row.stripe_payment_intent))
            else:
                note_unmatched("none", row.source, row.amount_cents, row.currency)
        for root, identifier in dict.fromkeys(missed):
            job = {"root": root, "id": identifier, "at": moment.isoformat()}
            queue.put("gifts.event", f"{body['run']} {root} {identifier}", job)


def _since(moment: datetime) -> datetime:
    """Three days before what is known; before anything is, as long as gifts are made by card."""
    first = select(func.min(Gift.made_at)).where(Gift.stripe_session.is_not(None))
    return min(newest_moment() or db.session.scalar(first) or moment, moment) - LOOK_BACK


def _changed_disputes(since: datetime) -> list[tuple[str, str]]:
    """Disputes that stand differently at Stripe, and those that were kept without their payment, as all once were."""
    known = {row.stripe_dispute: row for row in db.session.scalars(select(Dispute))}
    opened = [row.opened_at for row in known.values() if row.said not in OVER]
    closed = UnmatchedClosure.unmatched_id == Unmatched.id
    kept = select(Unmatched.stripe_id).outerjoin(UnmatchedClosure, closed).where(Unmatched.root == "dispute")
    alone = list(db.session.scalars(kept.where(UnmatchedClosure.unmatched_id.is_(None))))
    said = {identifier: row.said for identifier, row in known.items()}
    db.session.rollback()
    truths = stripe_api.disputes_since(min([since, *opened]))
    return [("dispute", name) for name in (*alone, *(truth.id for truth in truths if said.get(truth.id) != truth.said))]


def _changed_subscriptions() -> list[tuple[str, str]]:
    """Subscriptions of our gifts that stand differently at Stripe, or that nobody told us of."""
    truths = stripe_api.subscriptions()
    ended = set(db.session.scalars(select(RecurringGiftEnd.recurring_gift_id)))
    stand = {
        row.stripe_subscription: (row.said, row.amount_cents, row.currency, row.id in ended)
        for row in db.session.scalars(select(RecurringGift))
    }
    begun = set(db.session.scalars(select(Gift.code).where(Gift.is_monthly == 1, Gift.recurring_gift_id.is_(None))))
    db.session.rollback()
    return [
        ("subscription", truth.id)
        for truth in truths
        if (truth.id in stand and stand[truth.id] != _standing(truth, stand[truth.id]))
        or (truth.id not in stand and truth.gift_code in begun)
    ]


def _standing(truth: Subscription, stands: tuple[str, int, str, bool]) -> tuple[str, int, str, bool]:
    """How a subscription should be written down. What was ended here and not there stays ended."""
    _said, cents, currency, has_ended = stands
    if truth.cents > 0:
        cents, currency = truth.cents, truth.currency
    return truth.status, cents, currency, has_ended or truth.status in ("canceled", "incomplete_expired")


def _late_payments() -> list[tuple[str, str]]:
    """Payments that were on their way when they were seen last."""
    late = select(Gift.stripe_payment_intent).where(Gift.said == "processing", Gift.stripe_payment_intent.is_not(None))
    return [("payment_intent", intent) for intent in db.session.scalars(late) if intent]
