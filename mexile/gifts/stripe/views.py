"""Stripe's events: checked on the raw bytes, kept, answered at once; the worker does the rest."""

from typing import Any

from flask import request

from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.stripe.actions import take_event
from mexile.ground import queue
from mexile.ground.db import writing

LARGEST = 512 * 1024


@blueprint.route("/stripe/events", methods=["POST"])
def stripe_events() -> tuple[str, int]:
    """200 once the event lies in the inbox, however often it comes, and to all that Stripe says and we don't use.

    400 to whatever Stripe didn't sign just now: any other answer would have it close this address after some days.
    """
    request.max_content_length = LARGEST + 1
    body = request.get_data()  # of chunks without a length, no more than that is read
    if len(body) > LARGEST:
        return "", 413
    try:
        hint = stripe_api.read_event(body, request.headers.get("Stripe-Signature", ""))
    except stripe_api.Forged:
        return "", 400
    if hint is not None:
        with writing():
            take_event(hint)
    return "", 200


def stripe_trouble(viewer: Viewer) -> dict[str, Any] | None:
    """Messages about gifts wait because Stripe is silent or takes our key for none of its own."""
    if not viewer.is_any(ADMINISTRATOR, DIRECTOR):
        return None
    troubles = queue.troubles()
    shut, silent = troubles.get("StripeShut", 0), troubles.get("StripeSilent", 0)
    return {"shut": shut, "silent": silent} if shut or silent else None
