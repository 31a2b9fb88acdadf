"""Stripe's events: checked on the raw bytes, kept, answered at once; the worker does the rest."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.front import takes_gifts
from mexile.access.roles import ADMINISTRATOR, DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.stripe.actions import take_event
from mexile.gifts.stripe.queries import obstacles, stripe_keys, trial
from mexile.ground import queue
from mexile.ground.db import writing
from mexile.web.page import notice, render

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


STAFF = (ADMINISTRATOR, DIRECTOR, DEVELOPMENT)
"""Who is told why nobody can give, and may try it in test mode."""


@blueprint.route("/gifts/stripe", endpoint="stripe_keys")
def stripe_page() -> str:
    """What of Stripe is set, whether it answers, and the dollar that tries everything."""
    return render("gifts/stripe/stripe.html", keys=stripe_keys(), trial=trial(), obstacles=obstacles())


@blueprint.route("/gifts/stripe/test", methods=["POST"])
def stripe_test() -> ResponseReturnValue:
    """Ask Stripe whether it takes our key, and say what it answered."""
    try:
        stripe_api.answers()
        notice("done", gettext("Stripe answers and takes the key."))
    except stripe_api.StripeShut:
        notice("now", gettext("Stripe doesn't take this key. Copy it once more from Stripe's page of API keys."))
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("now", gettext("Stripe can't be reached from this machine. Try again in a minute."))
    return redirect(url_for("gifts.stripe_keys"))


@takes_gifts.fill
def _takes_gifts() -> bool:
    return not obstacles()
