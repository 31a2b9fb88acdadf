"""Names for conflict checks, and the check. Its answer says whether to ask the attorney, and nothing more."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Invalid
from mexile.inquiries.actions.conflict import check_conflict, name_person, unname_person
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.decision import NameForm
from mexile.inquiries.queries.inquiry import get_inquiry, names_of
from mexile.inquiries.views.inquiry import page_of
from mexile.web.form import Form
from mexile.web.page import render


@blueprint.route("/inquiries/<code>/names", methods=["GET", "POST"])
def names(code: str) -> ResponseReturnValue:
    """The names of an inquiry, and a form for one more."""
    form = NameForm()
    if request.method == "POST" and form.validate():
        try:
            return redirect(_save(form, code))
        except Invalid as wrong:
            form.add(wrong.problems)
    found = get_inquiry(g.viewer, code)
    page = render("inquiries/names.html", form=form, row=found, names=names_of(g.viewer, found))
    return (page, 422) if request.method == "POST" else page


def _save(form: NameForm, code: str) -> str:
    url = url_for("inquiries.names", code=code)
    with writing():
        if done := once.result(form.token):
            return done
        name_person(
            viewer=g.viewer,
            code=code,
            kind=form.kind.data,
            name=form.name.data,
            persecutor=form.persecutor.data or None,
            phone=form.phone.data,
        )
        once.remember(form.token, url)
    return url


@blueprint.route("/inquiries/<code>/names/<int:id>/removal", methods=["POST"])
def name_removal(code: str, id: int) -> ResponseReturnValue:
    form, url = Form(), url_for("inquiries.names", code=code)
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        unname_person(viewer=g.viewer, code=code, id=id)
        once.remember(form.token, url)
    return redirect(url)


@blueprint.route("/inquiries/<code>/check", methods=["POST"])
def check(code: str) -> ResponseReturnValue:
    form = Form()
    url = page_of(code) + "#conflicts"
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        check_conflict(viewer=g.viewer, code=code)
        once.remember(form.token, url)
    return redirect(url)
