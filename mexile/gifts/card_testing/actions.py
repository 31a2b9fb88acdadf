"""How often a Checkout page may be opened: what slows is declined cards, not gifts that were begun.

Card testers try stolen cards, most of which are declined; donors who change their minds, and a hall full of guests
behind one address, decline nothing. So a network with many declined cards within half an hour gets one page a minute,
and sooner while many cards are declined everywhere; nobody else notices. A gift keeps an HMAC of its network for as
long as its page is open; no address is kept. A page that is open already is closed after a few declined cards.
"""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import func, select

from mexile.access import rate
from mexile.gifts.gift.models import Gift
from mexile.gifts.stripe.models import StripeEvent
from mexile.ground import clock, keyring
from mexile.ground.db import db, writing

WHILE = timedelta(minutes=30)
"""As long as a page is open."""
DECLINED = 10
"""So many declined cards of one network in that time are those of a donor with a bad day."""
ATTACK, DECLINED_THEN = 60, 2
"""While so many are declined on the whole site, a network has this many."""
TRIED = 6
"""So many declined cards on one page are no donor's any more."""
SLOWED = ("give.slowed", 60, 1)
FLOOD = ("give.minute", 60, 120)
"""More than any hall of guests begins in a minute from one network; each costs a row and a question to Stripe."""


def network_mark(address: str) -> bytes:
    """By this the gifts that were begun from one network are known as such."""
    return hmac.digest(keyring.index_key("gift-networks"), rate.network(address).encode(), hashlib.sha256)


def may_begin(address: str) -> bool:
    """Whether this network may open one more Checkout page now."""
    network, limits = rate.network(address), [FLOOD]
    most = DECLINED if _declined() < ATTACK else DECLINED_THEN
    if _declined(network_mark(address)) >= most:
        limits.append(SLOWED)
    db.session.rollback()
    with writing():
        counts = [rate.count(kind, network, seconds) <= allowed for kind, seconds, allowed in limits]
    return all(counts)


def tried_page(intent: str) -> str | None:
    """The page on which this payment was tried with more cards than a donor has, as long as nothing was paid there.

    Of a monthly gift Stripe doesn't say, before the first month is paid, to which page a payment belongs.
    """
    is_declined = (StripeEvent.type == "payment_intent.payment_failed", StripeEvent.root_id == intent)
    declined = db.session.scalar(select(func.count()).select_from(StripeEvent).where(*is_declined)) or 0
    page = select(Gift.stripe_session).where(Gift.stripe_payment_intent == intent, Gift.said.in_(("open", "declined")))
    session = db.session.scalar(page) if declined >= TRIED else None
    db.session.rollback()
    return session


def may_open_card_page(donor_id: int) -> bool:
    """Whether a donor may open one more page for another card now. Each has a count of their own."""
    with writing():
        return rate.count("give.card", str(donor_id), 300) <= 20


def _declined(mark: bytes | None = None) -> int:
    """Cards that were declined of late, of gifts that were begun from one network or anywhere."""
    declined = (
        select(func.count())
        .select_from(StripeEvent)
        .where(StripeEvent.type == "payment_intent.payment_failed", StripeEvent.received_at > clock.now() - WHILE)
    )
    if mark is not None:
        declined = declined.join(Gift, Gift.stripe_payment_intent == StripeEvent.root_id).where(
            Gift.network_mark == mark
        )
    return db.session.scalar(declined) or 0
