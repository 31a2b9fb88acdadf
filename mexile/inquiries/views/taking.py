"""From an inquiry that we take to a member: consent first."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for

from mexile.ground import clock, once, organisation
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.inquiries.actions.taking import take
from mexile.inquiries.forms.inquiry import ConsentFields
from mexile.inquiries.queries.inquiry import whole_inquiry
from mexile.inquiries.views import blueprint
from mexile.web.i18n import lang
from mexile.web.page import render

Page = str | Response | tuple[str, int]


@blueprint.route("/inquiries/<code>/member", methods=["GET", "POST"])
def member(code: str) -> Page:
    """The consent, and the button that makes a member of the inquiry."""
    form = ConsentFields()
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
    whole = whole_inquiry(g.viewer, code, clock.now())
    page = render("inquiries/member.html", form=form, whole=whole, row=whole.row)
    return page if status == 200 else (page, status)


def _save(form: ConsentFields, code: str) -> str:
    with writing():
        if done := once.result(form.token):
            return done
        made = take(viewer=g.viewer, code=code, consent=form.consent_given())
        url = url_for("members.member", code=made.code)
        once.remember(form.token, url)
    return url
