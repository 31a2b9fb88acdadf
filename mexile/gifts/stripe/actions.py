"""From a hint to the truth: fetch the object again and write down what it says, once.

Nothing of an event's own content is ever applied, so that neither the order of events nor their repetition
matters. Fetching is done outside of transactions; what is written is checked again inside.
"""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from mexile.access.rules import name_act
from mexile.donors.models import Donor
from mexile.gifts import stripe_api
from mexile.gifts.card import actions as card
from mexile.gifts.card_testing import actions as limits
from mexile.gifts.dispute.actions import note_disputes
from mexile.gifts.donor_question.actions import take_up
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.queries import gift_by_code, gift_by_intent
from mexile.gifts.give import ticket as tickets
from mexile.gifts.lane.actions import LANE, patience
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.ledger.rules import lines_of
from mexile.gifts.receipt.actions import receipt_as_due
from mexile.gifts.recurring import actions as recurring
from mexile.gifts.recurring.queries import recurring_by_subscription
from mexile.gifts.stripe.models import StripeEvent
from mexile.gifts.stripe.rules import Checkout, Hint, Invoice, Payment
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock, organization, queue, trail
from mexile.ground.db import db, writing

name_act("gift.settle", "Money moved for a gift", "Se movió dinero de un donativo")
name_act("gift.dispute", "A bank disputed a gift", "Un banco disputó un donativo")
name_act("gift.unmatched", "Money at Stripe without a gift", "Dinero en Stripe sin donativo")


def take_event(hint: Hint) -> bool:
    """Keep an event and the job it asks for, inside `writing()`; False when it was known already."""
    received_at = clock.now()
    row = {
        "event_id": hint.event_id,
        "type": hint.type,
        "root": hint.root,
        "root_id": hint.root_id,
        "api_version": hint.api_version,
        "created_at": hint.created_at,
        "received_at": received_at,
    }
    if db.session.execute(_keep(db.engine.dialect.name), row).first() is None:
        return False
    if hint.root != "none":
        job = {"root": hint.root, "id": hint.root_id, "at": received_at.isoformat()}
        queue.put("gifts.event", hint.event_id, job)
    return True


@cache
def _keep(dialect: str) -> ReturningInsert[str]:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(StripeEvent.__table__).on_conflict_do_nothing().returning(StripeEvent.__table__.c.event_id)


@queue.handles("gifts.event", lane=LANE)
def work_event(body: dict) -> None:
    """Fetch the object of an event and write down the truth, unless it was fetched after the event had come in."""
    if body["root"] == "payment_intent" and (page := limits.tried_page(body["id"])):
        with patience("session", page):
            stripe_api.close_checkout(page)
    if _is_known(body["root"], body["id"], datetime.fromisoformat(body["at"])):
        return
    with patience(body["root"], body["id"]):
        project(body["root"], body["id"])


def _is_known(root: str, identifier: str, at: datetime) -> bool:
    """Whether the truth was asked for since this moment: of eight events of one gift most bring nothing new."""
    column = {"payment_intent": Gift.stripe_payment_intent, "invoice": Gift.stripe_invoice}.get(root)
    if column is None:
        return False
    said_at = db.session.scalar(select(Gift.said_at).where(column == identifier))
    db.session.rollback()
    return said_at is not None and said_at >= at


@queue.handles("gifts.close", lane=LANE)
def work_close(body: dict) -> None:
    """Half an hour after a Checkout page was opened: close it if it is open, and ask what came of it."""
    with patience("session", body["session"]):
        if stripe_api.checkout(body["session"]).is_open:
            stripe_api.close_checkout(body["session"])
        project("session", body["session"])
    with writing():
        db.session.execute(update(Gift).where(Gift.stripe_session == body["session"]).values(network_mark=None))


def project(root: str, identifier: str) -> None:
    """Write down the truth about one object of Stripe's. Any number of times, in any order: the same ledger."""
    seen_at = clock.now()  # before the first question, so that what is asked later only knows more
    match root:
        case "session":
            _project_session(stripe_api.checkout(identifier), seen_at)
        case "payment_intent":
            _project_payment(identifier, seen_at)
        case "invoice":
            _project_invoice(stripe_api.invoice(identifier), seen_at)
        case "subscription":
            recurring.project_subscription(identifier)
        case "dispute":
            _project_dispute(identifier, seen_at)


def _project_session(page: Checkout, seen_at: datetime) -> None:
    if page.is_for_card:
        for root, identifier in card.use_new_card(page.id):
            project(root, identifier)
    elif page.subscription:
        recurring.project_subscription(page.subscription)
        if page.invoice:
            _project_invoice(stripe_api.invoice(page.invoice), seen_at)
    elif page.intent:
        _project_payment(page.intent, seen_at, page.gift_code)
    else:
        with writing():
            gift = gift_by_code(page.gift_code) if page.gift_code else None
            # A declined card stands until another one pays or the page is closed.
            if gift is not None and gift.stripe_session == page.id and not (page.is_open and gift.said == "declined"):
                _note_said(gift, "open" if page.is_open else "expired", seen_at)


def _project_dispute(identifier: str, seen_at: datetime) -> None:
    """A dispute is part of the truth about its payment."""
    intent = stripe_api.dispute_intent(identifier)
    if intent is not None:
        _project_payment(intent, seen_at)
        return
    with writing():
        note_unmatched("dispute", identifier, 0, "USD")


def _project_payment(intent: str, seen_at: datetime, page_code: str | None = None) -> None:
    """``page_code``: the gift that its Checkout page names, where the payment itself names none."""
    payment = stripe_api.payment(intent)
    code = payment.gift_code or page_code
    known = gift_by_intent(intent, code)
    db.session.rollback()
    if known is None and code is None:
        invoice = stripe_api.invoice_of(intent)
        if invoice is not None:
            _project_invoice(stripe_api.invoice(invoice), seen_at)
            return
    with writing():
        _write_down(gift_by_intent(intent, code), payment, seen_at)


def _write_down(gift: Gift | None, payment: Payment, seen_at: datetime) -> None:
    """A payment belongs to its gift, or somebody must look at it. Inside `writing()`."""
    if gift is not None:
        settle(gift, payment, seen_at)
    elif payment.charge is not None:
        note_disputes(None, payment, seen_at)
        note_unmatched("payment_intent", payment.intent, payment.cents, payment.currency)


def _project_invoice(invoice: Invoice, seen_at: datetime) -> None:
    """Each paid month is a gift of its own; the first one is the gift that the donor began with."""
    payments, begun_with = [stripe_api.payment(intent) for intent in invoice.intents], None
    if invoice.subscription:
        known = recurring_by_subscription(invoice.subscription)
        db.session.rollback()
        if known is None:
            begun_with = recurring.project_subscription(invoice.subscription)
    with writing():
        gift = _gift_of_invoice(invoice, begun_with)
        for payment in payments:
            _write_down(gift, payment, seen_at)


def _gift_of_invoice(invoice: Invoice, begun_with: str | None) -> Gift | None:
    """The gift of this month, made if money came in for it: a month that costs nothing is no gift. Inside `writing()`.

    Until its first month is paid, a monthly gift is only the gift ``begun_with``.
    """
    known = db.session.scalar(select(Gift).where(Gift.stripe_invoice == invoice.id))
    plan = recurring_by_subscription(invoice.subscription) if invoice.subscription else None
    if known is None and plan is None and invoice.is_first and begun_with:
        return gift_by_code(begun_with)
    if known is not None or plan is None:
        return known
    if invoice.is_paid and not invoice.cents:
        return None
    if invoice.is_first:
        first = recurring.first_gift(plan)
        if first is not None and first.stripe_invoice is None:
            first.stripe_invoice = invoice.id
            db.session.flush()
            return first
    if not invoice.is_paid:
        return None
    begun, donor = recurring.first_gift(plan), db.session.get_one(Donor, plan.donor_id)
    gift = Gift(
        key_id=begun.key_id if begun else donor.key_id,
        code=tickets.gift_code_of_object(invoice.id),
        donor_id=donor.id,
        recurring_gift_id=plan.id,
        channel="stripe_card",
        amount_cents=invoice.cents,
        currency=invoice.currency,
        is_monthly=1,
        fund_code=plan.fund_code,
        language=plan.language,
        stripe_invoice=invoice.id,
        made_at=clock.now(),
    )
    if begun is not None:
        gift.name, gift.address = begun.name, begun.address  # each month is receipted to the name it began with
    db.session.add(gift)
    db.session.flush()
    return gift


def settle(gift: Gift, payment: Payment, seen_at: datetime) -> None:
    """Bring one gift to what this payment says: missing lines, its day, its receipts. Inside `writing()`."""
    if gift.stripe_payment_intent is None:
        gift.stripe_payment_intent = payment.intent
    _note_said(gift, payment.said, seen_at)
    where = LedgerLine.gift_id == gift.id
    have = set(db.session.execute(select(LedgerLine.kind, LedgerLine.source).where(where)))
    zone = ZoneInfo(organization.zone())
    fresh = [line for line in lines_of(payment) if (line.kind, line.source) not in have]
    for line in fresh:
        db.session.add(
            LedgerLine(
                gift_id=gift.id,
                kind=line.kind,
                amount_cents=line.cents,
                currency=line.currency,
                settled_cents=line.settled_cents,
                settled_currency=line.settled_currency,
                source=line.source,
                balance_transaction=line.balance_transaction,
                on=line.at.astimezone(zone).date(),
                at=line.at,
            )
        )
        db.session.flush()  # one by one, so that their order is the order things happened in
    if payment.charge is not None and gift.given_on is None:
        gift.given_on = payment.charge.at.astimezone(zone).date()
        take_up(gift)
    db.session.flush()
    has_changed = note_disputes(gift, payment, seen_at)
    if fresh:
        trail.record("gift.settle", gift.code, lines=[line.kind for line in fresh])
    if fresh or has_changed:
        receipt_as_due(gift, db.session.get_one(Donor, gift.donor_id))
        for identifier in (payment.intent, *(dispute.id for dispute in payment.disputes)):
            _close_unmatched(identifier, gift)


def _note_said(gift: Gift, said: str, seen_at: datetime) -> None:
    """What Stripe said, unless something newer is known."""
    if gift.said_at is None or seen_at >= gift.said_at:
        gift.said, gift.said_at = said, seen_at
        db.session.flush()


def note_unmatched(root: str, identifier: str, cents: int, currency: str) -> None:
    """Somebody must look at this, once. Inside `writing()`."""
    known = db.session.scalar(select(Unmatched.id).where(Unmatched.stripe_id == identifier))
    if known is None:
        row = Unmatched(root=root, stripe_id=identifier, amount_cents=cents, currency=currency, seen_at=clock.now())
        db.session.add(row)
        db.session.flush()
        trail.record("gift.unmatched", None, root=root)


def _close_unmatched(identifier: str, gift: Gift) -> None:
    """What was unmatched has found its gift."""
    row = db.session.scalar(select(Unmatched).where(Unmatched.stripe_id == identifier))
    if row is not None and db.session.get(UnmatchedClosure, row.id) is None:
        closure = UnmatchedClosure(
            unmatched_id=row.id, gift_id=gift.id, by_user_id=None, at=clock.now(), reason="matched"
        )
        db.session.add(closure)
        db.session.flush()
