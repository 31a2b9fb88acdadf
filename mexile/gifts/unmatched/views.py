"""Money at Stripe that fits no gift: matched or set aside by staff."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.donors.queries import donor_by_code
from mexile.gifts import stripe_api
from mexile.gifts.blueprint import blueprint
from mexile.gifts.fund.queries import funds_offered
from mexile.gifts.gift.models import Gift
from mexile.gifts.stripe.actions import project
from mexile.gifts.unmatched.actions import adopt_unmatched, set_aside
from mexile.gifts.unmatched.forms import AsideForm, MatchForm
from mexile.web.page import notice
from mexile.web.save import save


@blueprint.route("/gifts/unmatched/<int:unmatched>/gift", methods=["POST"])
def match(unmatched: int) -> ResponseReturnValue:
    """Money at Stripe that no gift explains becomes the gift of a donor."""
    form = MatchForm(funds_offered())
    donor, fund = form.donor.data, form.fund.data
    if not form.validate() or donor_by_code(donor) is None:
        notice("soon", gettext("No donor has this code. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        form,
        lambda: adopt_unmatched(viewer=g.viewer, unmatched_id=unmatched, donor_code=donor, fund=fund),
        lambda gift: url_for("gifts.gift", code=gift.code),
        then=_ask_what_moved,
    )


def _ask_what_moved(gift: Gift) -> None:
    """Write down what Stripe says of a payment that was matched, if it answers now."""
    assert gift.stripe_payment_intent is not None, "what is matched is a payment"
    try:
        project("payment_intent", gift.stripe_payment_intent)
    except (stripe_api.StripeSilent, stripe_api.StripeRefused):
        notice("soon", gettext("Matched. Stripe didn't answer, so what moved is still missing here."))


@blueprint.route("/gifts/unmatched/<int:unmatched>/closure", methods=["POST"])
def aside(unmatched: int) -> ResponseReturnValue:
    """It is no gift: say what it is, and it leaves the page."""
    form = AsideForm()
    if not form.validate():
        notice("soon", gettext("Say what it is first. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        form,
        lambda: set_aside(viewer=g.viewer, unmatched_id=unmatched, reason=form.reason.data),
        url_for("gifts.month"),
        said=gettext("Set aside."),
    )
