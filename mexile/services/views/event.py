"""What came of an event: Done in two taps, or what else happened; and taking it back."""

from __future__ import annotations

from flask import Response, g, redirect, request
from flask_babel import gettext as _

from mexile.cases.queries.events import event_line
from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Invalid, NotHere
from mexile.services.actions.event import NextDate, close_event, reopen_event
from mexile.services.forms import OutcomeForm
from mexile.services.views import blueprint
from mexile.services.views.way import back
from mexile.web.form import Form
from mexile.web.page import notice


@blueprint.route("/events/<code>/outcome", methods=["POST"])
def outcome(code: str) -> Response:
    """Write the outcome and log the accompaniment for all the event's people, together."""
    if event_line(g.viewer, code) is None:
        raise NotHere(code)
    form = OutcomeForm()
    if not form.validate():
        raise Invalid(form.problems())
    given = NextDate(form.on.data, form.at.data) if form.on.data else None
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        service = close_event(
            viewer=g.viewer, code=code, outcome=form.outcome.data, next_date=given
        )
        words = {"closed": code} | ({"logged": service.code} if service else {})
        url = back(form.back.data, **words)
        once.remember(form.token, url)
    return redirect(url)


@blueprint.route("/events/<code>/outcome/void", methods=["POST"])
def reopen(code: str) -> Response:
    """The outcome and what was logged with it are taken back."""
    form, url = Form(), back(request.form.get("back"))
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        reopen_event(viewer=g.viewer, code=code)
        once.remember(form.token, url)
    notice("done", _("Taken back: it stands open again."))
    return redirect(url)
