"""The pages of help: one's own day, and that of a colleague."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mexile.access.roles import ROLES
from mexile.home.blueprint import blueprint
from mexile.home.help.days import DAYS
from mexile.web.page import render


@blueprint.route("/help")
def own_help() -> ResponseReturnValue:
    own = next(role for role in reversed(ROLES) if role in g.viewer.roles)
    return redirect(url_for("home.help", role=own))


@blueprint.route("/help/<role>")
def help(role: str) -> str:
    """Any of the staff reads any role's day: it says nothing of anybody."""
    if role not in DAYS:
        raise NotFound()
    return render("home/help/help.html", role=role, roles=list(DAYS), lines=DAYS[role])
