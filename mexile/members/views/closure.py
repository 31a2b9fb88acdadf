"""Closing a member, and opening again."""

from __future__ import annotations

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from mexile.ground import once
from mexile.ground.db import writing
from mexile.members.actions.member import close_member, reopen_member
from mexile.members.blueprint import blueprint
from mexile.members.forms.beside import ClosureForm
from mexile.members.queries.member import closure_of, get_member
from mexile.members.queries.names import name_of
from mexile.members.views.member import page_of
from mexile.web.form import Form
from mexile.web.page import render


@blueprint.route("/members/<code>/closure", methods=["GET", "POST"])
def closure(code: str) -> ResponseReturnValue:
    form = ClosureForm()
    if request.method == "POST" and form.validate():
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            close_member(viewer=g.viewer, code=code, reason=form.reason.data)
            once.remember(form.token, page_of(code))
        return redirect(page_of(code))
    found = get_member(g.viewer, code)
    page = render(
        "members/closure.html",
        member=found,
        name=name_of(found, g.viewer),
        closure=closure_of(found.id),
        form=form,
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/members/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    form = Form()
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        reopen_member(viewer=g.viewer, code=code)
        once.remember(form.token, page_of(code))
    return redirect(page_of(code))
