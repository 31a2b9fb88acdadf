"""A neighbor's trouble stays his: whatever waits for Stripe waits in a lane of its own, for as long as it takes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, or_, select, true

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.gift.models import Gift
from mexile.ground import queue
from mexile.ground.db import db

log = logging.getLogger("mexile.gifts")

LANE = "stripe"

AGAIN, SHUT = 20, 300
"""Seconds until a silent Stripe, and one that refuses our key, is asked again."""


@contextmanager
def patience(root: str, identifier: str) -> Iterator[None]:
    """Ask Stripe inside a job: silence and a refused key put the job off and use up none of its tries.

    An object that Stripe doesn't know was deleted there, and there is no truth to write down; but where it knows
    nothing else of ours either, the key is another account's, and everything waits for the right one.
    """
    try:
        try:
            yield
        except stripe_api.StripeUnknown:
            db.session.rollback()
            if not knows_us(identifier):
                raise stripe_api.StripeShut("another account") from None
            log.warning("Stripe knows no such %s", root)
    except stripe_api.StripeShut as shut:
        raise queue.JobLater(SHUT, "StripeShut") from shut
    except stripe_api.StripeSilent as silent:
        raise queue.JobLater(AGAIN, "StripeSilent") from silent


def knows_us(identifier: str = "") -> bool | None:
    """Whether Stripe, asked with our key, knows the newest payment of ours, or its page, but for the one named.

    None while there is nothing to ask for.
    """
    answer = None
    for column, question in (
        (Gift.stripe_payment_intent, stripe_api.payment),
        (Gift.stripe_session, stripe_api.checkout),
    ):
        where = (column.is_not(None), column != identifier, _is_of_our_mode())
        known = db.session.scalar(select(column).where(*where).order_by(Gift.id.desc()).limit(1))
        db.session.rollback()
        if known is None:
            continue
        try:
            question(known)
        except stripe_api.StripeUnknown:
            answer = False
        else:
            return True
    return answer


def _is_of_our_mode() -> ColumnElement[bool]:
    """A gift that was tried in test mode is unknown to the live account, which is no other account for that."""
    if config().takes_test_cards:
        return true()
    return or_(Gift.stripe_session.is_(None), ~Gift.stripe_session.startswith("cs_test_"))
