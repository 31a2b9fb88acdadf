"""Reckoning anew: the proposal, its confirmation, and discarding it."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.recompute.actions import confirm_recompute, discard_recompute, propose_recompute
from mexile.deadlines.recompute.models import CAUSES
from mexile.deadlines.recompute.queries import recompute_page
from mexile.deadlines.rule.views import proposal_url
from mexile.ground import organization
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

# ---- reckoning anew ----------------------------------------------------------------


@blueprint.route("/recomputes", methods=["POST"])
def recomputes() -> ResponseReturnValue:
    cause = request.form.get("cause", "all")
    cause = cause if cause in CAUSES else "all"
    return save(Form(), lambda: propose_recompute(viewer=g.viewer, cause=cause, subject=""), proposal_url)


@blueprint.route("/recomputes/<code>")
def recompute(code: str) -> str:
    return render("deadlines/recompute/recompute.html", page=recompute_page(code), today=organization.today())


@blueprint.route("/recomputes/<code>/confirmation", methods=["POST"])
def recompute_confirmation(code: str) -> ResponseReturnValue:
    url = url_for("deadlines.recompute", code=code)
    return save(Form(), lambda: confirm_recompute(viewer=g.viewer, code=code), url)


@blueprint.route("/recomputes/<code>/discarding", methods=["POST"])
def recompute_discarding(code: str) -> ResponseReturnValue:
    url = url_for("deadlines.recompute", code=code)
    return save(Form(), lambda: discard_recompute(viewer=g.viewer, code=code), url)
