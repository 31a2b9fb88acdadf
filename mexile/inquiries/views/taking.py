"""From an inquiry that we take to a member: consent first."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground import clock, once, organisation
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.inquiries.actions.taking import take
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.inquiry import TakingForm
from mexile.inquiries.queries.inquiry import Whole, whole_inquiry
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.route("/inquiries/<code>/member", methods=["GET", "POST"])
def member(code: str) -> ResponseReturnValue:
    """The consent, and the button that makes a member of the inquiry."""
    form = TakingForm()
    whole = whole_inquiry(g.viewer, code, clock.now())
    if not _opens_case(whole):
        del form.posture
    status = 200
    if request.method == "POST" and form.validate():
        try:
            return redirect(_save(form, code))
        except Invalid as wrong:
            form.add(wrong.problems)
            status = 422
        except Conflict as conflict:
            form.form_errors.append(conflict.problem.text(lang()))
            status = 409
    elif request.method == "POST":
        status = 422
    else:
        form.consent_on.data = organisation.today()
        if _opens_case(whole):
            form.posture.data = _posture(whole)
    if status != 200:
        whole = whole_inquiry(g.viewer, code, clock.now())
    page = render("inquiries/member.html", form=form, whole=whole, row=whole.row)
    return page if status == 200 else (page, status)


def _opens_case(whole: Whole) -> bool:
    return whole.decision is not None and whole.decision.decision == "represent"


def _posture(whole: Whole) -> str:
    """Where the case likely stands: whoever was talked with in Juárez hasn't arrived."""
    return "pre_arrival" if whole.spoken and whole.spoken[0].row.place == "juarez" else "pre_filing"


def _save(form: TakingForm, code: str) -> str:
    with writing():
        if done := once.result(form.token):
            return done
        chosen = {"posture": form.posture.data} if "posture" in form else {}
        made = take(viewer=g.viewer, code=code, consent=form.consent_given(), **chosen)
        url = url_for("members.member", code=made.code)
        once.remember(form.token, url)
    return url
