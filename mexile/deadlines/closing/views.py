"""The days on which offices are closed."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.closing.actions import close_day, revoke_closing
from mexile.deadlines.deadline.forms import ClosingForm
from mexile.deadlines.recompute.actions import propose_recompute
from mexile.deadlines.recompute.models import Recompute
from mexile.deadlines.rule import queries as read
from mexile.deadlines.rule.views import proposal_url
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

# ---- closed days -------------------------------------------------------------------


@blueprint.route("/closings", methods=["GET", "POST"])
def closings() -> ResponseReturnValue:
    form = ClosingForm()
    page = lambda: render("deadlines/closing/closings.html", lines=read.closings(), form=form)
    if request.method == "GET":
        return page()

    def act() -> Recompute:
        on = form.on.given
        close_day(viewer=g.viewer, on=on, en=form.en.data, es=form.es.data, source=form.source.data)
        return propose_recompute(viewer=g.viewer, cause="closing", subject=on.isoformat())

    return save(form, act, proposal_url, page)


@blueprint.route("/closings/<int:id>/revocation", methods=["POST"])
def closing_revocation(id: int) -> ResponseReturnValue:
    def act() -> Recompute:
        closing = revoke_closing(viewer=g.viewer, closing_id=id)
        return propose_recompute(viewer=g.viewer, cause="closing", subject=closing.on.isoformat())

    return save(Form(), act, proposal_url)
