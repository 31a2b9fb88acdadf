"""Another card for a monthly gift: Stripe's page takes it, the subscription gets it, and an open month is paid with it.

A customer's card changes no subscription that has a card of its own, so it is the subscription that is changed.
"""

import logging
from datetime import timedelta

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.recurring.models import RecurringGift
from mexile.gifts.recurring.queries import has_ended, recurring_by_code
from mexile.gifts.stripe.rules import CardWish
from mexile.ground import clock, queue
from mexile.ground.db import db, writing

log = logging.getLogger("mexile.gifts")

OPEN_FOR = timedelta(minutes=35)
"""So long Stripe's page takes a card; half an hour is the least that Stripe allows."""


def open_card_page(plan: RecurringGift, *, language: str) -> str:
    """The address of Stripe's page for this monthly gift. Pressed twice there are two pages, and nothing is charged."""
    page = f"{config().base_url}/give/mine"
    wish = CardWish(
        plan=plan.code,
        customer=plan.stripe_customer,
        currency=plan.currency,
        language=language,
        expires_at=int((clock.now() + OPEN_FOR).timestamp()),
        thanks_url=f"{page}?card=new",
        back_url=page,
    )
    db.session.rollback()
    session = stripe_api.open_card_page(wish)
    with writing():
        # Whatever happens to Stripe's events: when the page is closed, it is asked what came of it.
        queue.put("gifts.close", session.id, {"session": session.id}, run_at=clock.now() + OPEN_FOR)
    return session.url or page


def use_new_card(session: str) -> list[tuple[str, str]]:
    """The newest card that was given becomes the subscription's, and pays the month that is open. Again: nothing.

    Two pages may answer in any order: an older card never takes the place of a newer one. Answers what was
    touched at Stripe, to be projected.
    """
    change = stripe_api.card_change(session)
    plan = recurring_by_code(change.plan) if change.plan else None
    if plan is None or change.method is None or plan.stripe_customer != change.customer or has_ended(plan):
        db.session.rollback()
        return []
    identifier = plan.stripe_subscription
    db.session.rollback()
    truth = stripe_api.subscription(identifier)
    if truth.method != change.method:
        before = stripe_api.card_made_at(truth.method) if truth.method else None
        if before is not None and change.made_at is not None and before > change.made_at:
            return []
        stripe_api.use_card(identifier, change.method)
    if truth.newest_invoice and stripe_api.invoice(truth.newest_invoice).is_open:
        try:
            stripe_api.pay_invoice(truth.newest_invoice, change.method)
        except stripe_api.StripeRefused as refused:
            # The bank said no; the month stays open, and the donor's page says so.
            log.warning("the new card did not pay the open month: %s", refused)
    invoices = [("invoice", truth.newest_invoice)] if truth.newest_invoice else []
    return [*invoices, ("subscription", identifier)]
