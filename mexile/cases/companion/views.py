"""Who is needed at a date, in numbers."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.cases.blueprint import blueprint
from mexile.cases.companion.actions import set_needs
from mexile.cases.companion.forms import NeedForm
from mexile.cases.companion.queries import needs_of
from mexile.cases.event.actions import ALREADY
from mexile.cases.event.page import changeable_page
from mexile.ground.errors import Conflict
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/events/<code>/needs", methods=["GET", "POST"])
def needs(code: str) -> ResponseReturnValue:
    page = changeable_page(g.viewer, code)
    if page.outcome:
        raise Conflict(ALREADY)
    if request.method == "GET":
        form = NeedForm(data={need.role: need.seats for need in needs_of([page.line])[page.line.id]})
        return render("cases/companion/needs.html", form=form, line=page.line)
    form = NeedForm()
    return save(
        form,
        lambda: set_needs(viewer=g.viewer, code=code, seats=form.values()),
        f"/events/{code}",
        lambda: render("cases/companion/needs.html", form=form, line=page.line),
    )
