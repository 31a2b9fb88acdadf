"""The queue of dates to verify: one at a time, the same or changed."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.cases.actions.event_change import change_event, verify_same
from mexile.cases.blueprint import blueprint
from mexile.cases.forms.event import VerifyForm, when_of
from mexile.cases.queries.event_page import EventPage, changeable_page
from mexile.cases.queries.verification import ToVerify, to_verify
from mexile.ground import once, organisation
from mexile.ground.db import writing
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary
from mexile.web.page import notice, render

MOST_LATER = 60
SOURCE = Problem("source", "Where did you see it?", "¿Dónde la vio?")


@blueprint.route("/events/verification", methods=["GET", "POST"])
def verification() -> ResponseReturnValue:
    """The next date that nobody has seen lately. `later` in the address: codes put off for now."""
    form = VerifyForm()
    if request.method == "GET":
        form.source.data = request.args.get("source", "")
        return _page(form, to_verify(g.viewer, organisation.today(), _later()))
    if not form.code.data:
        return redirect(_next(form))
    found = changeable_page(g.viewer, form.code.data)
    if form.answer.data == "same":
        return _same(form)
    if form.answer.data == "changing":
        form = VerifyForm(None, data=when_of(found.event), **_kept(form))
        return _page(form, _of(found), is_changing=True)
    is_whole = form.validate()
    problems = form.moment_problems() + ([] if form.source.data else [SOURCE])
    form.add(problems)
    if problems or not is_whole:
        return _page(form, _of(found), is_changing=True), 422
    return _changed(form)


def _later() -> set[str]:
    return set(request.args.getlist("later")[-MOST_LATER:])


def _of(found: EventPage) -> ToVerify:
    return ToVerify(found.line, found.event.version, 0)


def _kept(form: VerifyForm) -> dict[str, str]:
    return {"code": form.code.data, "version": form.version.data, "source": form.source.data}


def _page(form: VerifyForm, waiting: ToVerify, is_changing: bool = False) -> str:
    if waiting.line:
        form.code.data, form.version.data = waiting.line.code, form.version.data or str(waiting.version)
    return render("cases/verification.html", form=form, waiting=waiting, is_changing=is_changing, later=_later())


def _next(form: VerifyForm) -> str:
    return url_for("cases.verification", source=form.source.data or None, later=sorted(_later()))


def _same(form: VerifyForm) -> ResponseReturnValue:
    url = _next(form)
    if form.source.data not in vocabulary("event_source"):
        form.source.errors = []
        form.add([SOURCE])
        return _page(form, _of(changeable_page(g.viewer, form.code.data))), 422
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        verify_same(viewer=g.viewer, code=form.code.data, source=form.source.data)
        once.remember(form.token, url)
    return redirect(url)


def _changed(form: VerifyForm) -> ResponseReturnValue:
    """What it said before stays as a row of the date's history."""
    url = _next(form)
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        change_event(
            viewer=g.viewer,
            code=form.code.data,
            version=form.version_shown(),
            values=form.moment(),
            source=form.source.data,
            answer="changed",
        )
        once.remember(form.token, url)
    notice("done", _("The new date is saved; the old one stays in its history."))
    return redirect(url)
