"""Stripe's deposits on the bank statement, each with how it comes about."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from mexile.gifts.blueprint import blueprint
from mexile.gifts.payout.queries import payouts as newest
from mexile.web.page import render


@blueprint.route("/payouts")
def payouts() -> ResponseReturnValue:
    """The newest fifty: gifts less fees, refunds and disputes is what came to the bank."""
    return render("gifts/payout/payouts.html", payouts=newest(g.viewer))
