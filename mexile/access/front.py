"""The front page: for a stranger a name, one sentence, Give and a quiet Sign in; for
the signed-in the way to her own first page.
"""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, url_for
from flask.typing import ResponseReturnValue

from mexile.access.policy import POLICY
from mexile.ground.hook import Hook
from mexile.web.page import render

blueprint = Blueprint("public", __name__)

takes_gifts: Hook[[], bool] = Hook("whether anybody can give")

FIRST_PAGES = ("home.today", "gifts.month", "access.trail", "access.people", "access.sessions")
"""The page a person lands on: the first of these that is hers."""


@blueprint.route("/")
def front() -> ResponseReturnValue:
    if g.viewer is None:
        return render("public/front.html", takes_gifts=takes_gifts())
    for endpoint in FIRST_PAGES:
        rule = POLICY.get(endpoint, {}).get("GET")
        if rule and endpoint in current_app.view_functions and not g.viewer.roles.isdisjoint(rule.roles):
            return redirect(url_for(endpoint))
    return redirect(url_for("access.sessions"))
