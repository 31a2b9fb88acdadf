"""Deciding on an inquiry, ending it, taking a decision back, telling the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from mexile.ground import clock, once, organisation
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.ground.text import number_sent
from mexile.inquiries.actions import decision as actions
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.decision import AnswerForm, DecisionForm, EndingForm
from mexile.inquiries.queries.inquiry import last_decision, whole_inquiry
from mexile.inquiries.queries.room import rooms
from mexile.inquiries.views.inquiry import page_of
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.route("/inquiries/<code>/decision", methods=["GET", "POST"])
def decision(code: str) -> ResponseReturnValue:
    """The attorney's decision, beside the room that is left."""
    form = DecisionForm()

    def save() -> None:
        actions.decide(
            viewer=g.viewer,
            code=code,
            after=number_sent(form.after.data),
            decision=form.decision.data,
            reason=form.reason.data,
            looked=form.looked.data,
        )

    return _decided("inquiries/decision.html", form, code, save, rooms=lambda: rooms(g.viewer))


@blueprint.route("/inquiries/<code>/ending", methods=["GET", "POST"])
def ending(code: str) -> ResponseReturnValue:
    """The person stays, goes elsewhere, or can't be reached."""
    form = EndingForm()

    def save() -> None:
        actions.end(viewer=g.viewer, code=code, after=number_sent(form.after.data), decision=form.decision.data)

    return _decided("inquiries/ending.html", form, code, save)


@blueprint.route("/inquiries/<code>/answer", methods=["GET", "POST"])
def answer(code: str) -> ResponseReturnValue:
    """What the person was told."""
    form = AnswerForm()
    if request.method == "GET" and not form.is_restored:
        form.told_on.data = organisation.today()

    def save() -> None:
        actions.tell(
            viewer=g.viewer,
            code=code,
            told_on=form.told_on.data,
            words=form.words.data,
            elsewhere=form.elsewhere.data or None,
        )

    return _decided("inquiries/answer.html", form, code, save)


@blueprint.route("/inquiries/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    form = EndingForm()
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        actions.open_again(viewer=g.viewer, code=code, after=number_sent(form.after.data))
        once.remember(form.token, page_of(code))
    return redirect(page_of(code))


def _decided(
    template: str, form: Any, code: str, save: Callable[[], None], **more: Callable[[], Any]
) -> ResponseReturnValue:
    """The form's page, or on a POST what it asks for; somebody else's decision meanwhile is shown, nothing typed lost."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                return redirect(_saved(form, code, save))
            except Invalid as wrong:
                form.add(wrong.problems)
            except Conflict as conflict:
                form.form_errors.append(conflict.problem.text(lang()))
                status = 409
    whole = whole_inquiry(g.viewer, code, clock.now())
    if "after" in form and (request.method == "GET" or status == 409):
        last = last_decision(whole.row.id)
        form.after.data = str(last.id) if last else ""
    page = render(template, form=form, whole=whole, row=whole.row, **{name: ask() for name, ask in more.items()})
    return page if status == 200 else (page, status)


def _saved(form: Form, code: str, save: Callable[[], None]) -> str:
    with writing():
        if done := once.result(form.token):
            return done
        save()
        once.remember(form.token, page_of(code))
    return page_of(code)
