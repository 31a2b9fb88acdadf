"""Monthly gifts: what Stripe says of them, and how a donor stops one."""

from datetime import datetime

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.config import config
from mexile.donors.models import Donor
from mexile.gifts import stripe_api
from mexile.gifts.donor_question.actions import take_up
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.queries import gift_by_code
from mexile.gifts.recurring.letter import renewal_letter
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.gifts.recurring.queries import has_ended, next_recurring_code, recurring_by_subscription
from mexile.gifts.stripe.rules import Subscription
from mexile.ground import clock, mail, money, trail
from mexile.ground.db import db, writing
from mexile.ground.organization import organization, today

name_act("gift.monthly", "A monthly gift began", "Empezó un donativo mensual")
name_act("gift.stop", "A monthly gift was stopped", "Se canceló un donativo mensual")


def project_subscription(identifier: str) -> str | None:
    """Write down the truth about a subscription; one that no gift of ours began is left to its payments.

    Answers the code of the gift that it was begun with, if Stripe knows one.
    """
    seen_at = clock.now()
    subscription = stripe_api.subscription(identifier)
    with writing():
        plan = recurring_by_subscription(subscription.id) or _begin(subscription, seen_at)
        if plan is None:
            return subscription.gift_code
        if plan.said_at <= seen_at:
            if subscription.status == "past_due" and plan.said != "past_due":
                _tell_declined(plan)
            plan.said, plan.said_at = subscription.status, seen_at
            if subscription.cents > 0:
                plan.amount_cents, plan.currency = subscription.cents, subscription.currency
            db.session.flush()
        if subscription.status in ("canceled", "incomplete_expired"):
            end(plan, by="stripe")
    return subscription.gift_code


def _begin(subscription: Subscription, seen_at: datetime) -> RecurringGift | None:
    """The monthly gift of a subscription whose first month is paid; before that there is neither it nor a donor."""
    gift = gift_by_code(subscription.gift_code) if subscription.gift_code else None
    if gift is None or not gift.is_monthly or gift.recurring_gift_id is not None or subscription.cents <= 0:
        return None
    if subscription.status in ("incomplete", "incomplete_expired"):
        return None
    donor = take_up(gift)
    plan = RecurringGift(
        code=next_recurring_code(),
        donor_id=donor.id,
        amount_cents=subscription.cents,
        currency=subscription.currency,
        fund_code=gift.fund_code,
        language=gift.language,
        stripe_subscription=subscription.id,
        stripe_customer=subscription.customer,
        said=subscription.status,
        said_at=seen_at,
        started_at=subscription.started_at,
    )
    db.session.add(plan)
    db.session.flush()
    gift.recurring_gift_id = plan.id
    donor.stripe_customer = subscription.customer
    db.session.flush()
    trail.record("gift.monthly", [plan.code, gift.code])
    return plan


def first_gift(plan: RecurringGift) -> Gift | None:
    """The gift that began it, the one with a Checkout page of its own."""
    where = (Gift.recurring_gift_id == plan.id, Gift.stripe_session.is_not(None))
    return db.session.scalar(select(Gift).where(*where).order_by(Gift.id).limit(1))


def stop(plan: RecurringGift, *, by: str) -> None:
    """Nothing more is charged, from this moment. Raises StripeSilent when that can't be promised now.

    At Stripe first: a monthly gift that is stopped here and still charged there would be a lie.
    """
    plan_id, subscription = plan.id, plan.stripe_subscription
    db.session.rollback()
    stripe_api.end_subscription(subscription)
    with writing():
        end(db.session.get_one(RecurringGift, plan_id), by=by)


def end(plan: RecurringGift, *, by: str) -> None:
    """Write the end down, once. Inside `writing()`."""
    if has_ended(plan):
        return
    db.session.add(RecurringGiftEnd(recurring_gift_id=plan.id, by=by, at=clock.now()))
    db.session.flush()
    trail.record("gift.stop", plan.code, by=by)


def _tell_declined(plan: RecurringGift) -> None:
    """A month could not be charged: one letter a month."""
    key = f"{plan.code}:{today():%Y-%m}"
    mail.put("gifts.renewal", key, {"plan": plan.code})


@mail.renders("gifts.renewal")
def render_renewal(body: dict) -> mail.Letter | None:
    """The letter about a declined month, unless it was mended or stopped meanwhile."""
    plan = db.session.scalars(select(RecurringGift).where(RecurringGift.code == body["plan"])).one()
    donor = db.session.get_one(Donor, plan.donor_id)
    if has_ended(plan) or plan.said != "past_due" or not donor.email:
        return None
    amount = money.format_short(plan.amount_cents, plan.language, plan.currency)
    page = f"{config().base_url}/give/mine"
    return mail.Letter(donor.email, *renewal_letter(page, plan.language, organization().legal_name, amount))
