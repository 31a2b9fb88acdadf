"""What Stripe tells by itself: an event, believed only with its signature, its age and its mode."""

import json

from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.stripe import reading
from mexile.gifts.stripe.rules import Hint
from mexile.ground import clock
from mexile.ground.errors import MexileError

TOLERANCE = 300
"""Seconds after which a signed event is stale."""


class Forged(MexileError):
    """An event without a good, fresh signature, or of the other mode."""


def read_event(raw: bytes, signature: str) -> Hint | None:
    """What an event is about, after its signature, its age and its mode were checked; None when it names nothing.

    Raises Forged. Whatever Stripe did sign is none, of however odd a shape.
    """
    settings = config()
    if not settings.stripe_webhook_secret:
        raise Forged("no webhook secret is set")
    try:
        text = raw.decode("utf-8")
        if not stripe_api.is_signed(text, signature, settings.stripe_webhook_secret, TOLERANCE):
            raise Forged("signature")
        event = json.loads(text)
    except (ValueError, RecursionError):
        raise Forged("signature") from None
    mode = reading.at(event, "livemode")
    if mode is not None and mode is not settings.stripe_key.startswith(("sk_live_", "rk_live_")):
        raise Forged("mode")
    return reading.hint_of(event, clock.now())
