"""Makers of the gifts' house: donors, gifts by hand and by card, monthly gifts. All of it is invented."""

from datetime import date, timedelta

from mexile.donors.models import Donor, DonorMerge
from mexile.donors.queries import email_index, next_donor_code
from mexile.gifts.fund.actions import seed_funds
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift
from mexile.gifts.give import ticket as tickets
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.actions import issue, receipt_as_due
from mexile.gifts.recurring.models import RecurringGift
from mexile.gifts.recurring.queries import next_recurring_code
from mexile.gifts.unmatched.models import Unmatched
from mexile.ground import clock, keyring
from mexile.ground.db import db


def funds(make) -> list[Fund]:
    """The three funds of the vocabulary."""
    seed_funds()
    return list(db.session.scalars(db.select(Fund).order_by(Fund.position)))


def donor(make, *, name="Rosa Ejemplo", email=None, language="en", **values) -> Donor:
    """Somebody who gives."""
    made = Donor(key_id=keyring.new_key(), code=next_donor_code(), language=language, made_at=clock.now(), **values)
    made.name, made.email = name, email
    made.email_bidx = email_index(email) if email else None
    db.session.add(made)
    db.session.flush()
    return made


def gift(
    make,
    *,
    donor=None,
    cents=5000,
    channel="cheque",
    on=date(2026, 11, 3),
    fund="general",
    fee=None,
    back=0,
    description="",
    **values,
) -> Gift:
    """A gift that arrived, with its ledger lines and receipt. ``fee``: of a card, None while it is pending."""
    make.funds()
    donor = donor or make.donor()
    code = values.pop("code", None) or tickets.gift_code_of_object(f"made {make.number()}")
    made = Gift(
        key_id=donor.key_id,
        code=code,
        donor_id=donor.id,
        channel=channel,
        amount_cents=None if channel == "in_kind" else cents,
        fund_code=fund,
        given_on=on,
        language=donor.language,
        made_at=values.pop("made_at", clock.now()),
        **{"said": "succeeded" if channel.startswith("stripe_") else None, **values},
    )
    made.description = description
    db.session.add(made)
    db.session.flush()
    if channel == "in_kind":
        issue(made, donor, version=1, cents=None)
        return made
    line(make, made, "charge", cents, on=on)
    if fee is not None:
        line(make, made, "fee", -fee, on=on)
    if back:
        line(make, made, "refund", -back, on=on + timedelta(days=1))
    receipt_as_due(made, donor)
    return made


def line(make, gift, kind, cents, *, on=date(2026, 11, 3), source=None) -> LedgerLine:
    """A ledger line of a gift."""
    made = LedgerLine(gift_id=gift.id, kind=kind, amount_cents=cents, source=source or gift.code, on=on, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def monthly(make, *, donor=None, cents=5000, said="active", subscription=None, customer="cus_made") -> RecurringGift:
    """A monthly gift that runs."""
    make.funds()
    donor = donor or make.donor()
    made = RecurringGift(
        code=next_recurring_code(),
        donor_id=donor.id,
        amount_cents=cents,
        fund_code="general",
        language=donor.language,
        stripe_subscription=subscription or f"sub_made{make.number()}",
        stripe_customer=customer,
        said=said,
        said_at=clock.now(),
        started_at=clock.now() - timedelta(days=100),
    )
    db.session.add(made)
    db.session.flush()
    return made


def merged_donor(make) -> Donor:
    """Somebody who turned out to be another donor."""
    merged, kept = make.donor(name="Rosita Ejemplo"), make.donor()
    log, by = '{"moved": {}, "filled": []}', make.user().id
    db.session.add(DonorMerge(donor_id=kept.id, merged_id=merged.id, by_user_id=by, at=clock.now(), moved=log))
    db.session.flush()
    return merged


def unmatched(make, *, cents=5000, identifier=None) -> Unmatched:
    """Money at Stripe that no gift explains."""
    made = Unmatched(
        root="payment_intent",
        stripe_id=identifier or f"pi_made{make.number()}",
        amount_cents=cents,
        currency="USD",
        seen_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made
