"""Stripe's events: checked on the raw bytes, kept, answered at once; the worker does the rest."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.front import takes_gifts
from mexile.access.roles import ADMINISTRATOR, DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.stripe import setup
from mexile.gifts.stripe.actions import take_event
from mexile.gifts.stripe.queries import obstacles, stripe_keys, trial
from mexile.gifts.stripe.webhook import Forged, read_event
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
        hint = read_event(body, request.headers.get("Stripe-Signature", ""))
    except Forged:
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
    amiss, unseen = setup.known(config().home)
    about = {"trial": trial(), "obstacles": obstacles(), "amiss": amiss, "unseen": unseen}
    return render("gifts/stripe/stripe.html", keys=stripe_keys(), **about)


@blueprint.route("/gifts/stripe/test", methods=["POST"])
def stripe_test() -> ResponseReturnValue:
    """Ask Stripe whether all is set up there as gifts need it, and say what it answered."""
    try:
        problems, _unseen = setup.note(config().home)
        if problems:
            notice("now", gettext("Something has to be mended at Stripe: it stands below."))
        else:
            notice("done", gettext("Stripe answers, and all is set up there."))
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("now", gettext("Stripe can't be reached from this machine. Try again in a minute."))
    return redirect(url_for("gifts.stripe_keys"))


@takes_gifts.fill
def _takes_gifts() -> bool:
    return not obstacles()
