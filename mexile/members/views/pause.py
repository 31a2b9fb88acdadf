"""Waiting with a member for a while, and going on."""

from __future__ import annotations

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Invalid
from mexile.members.actions.pause import pause_member, resume_member
from mexile.members.blueprint import blueprint
from mexile.members.forms.story import PauseForm
from mexile.members.queries.member import get_member
from mexile.members.queries.status import status_of
from mexile.members.views.member import page_of
from mexile.members.views.saving import save_once
from mexile.web.form import Form
from mexile.web.page import render


@blueprint.route("/members/<code>/pause", methods=["GET", "POST"])
def pause(code: str) -> ResponseReturnValue:
    form = PauseForm()
    if request.method == "POST" and form.validate():
        try:
            return redirect(
                save_once(
                    form,
                    page_of(code),
                    lambda: pause_member(
                        viewer=g.viewer, code=code, reason=form.reason.data, until_on=form.until_on.data
                    ),
                )
            )
        except Invalid as wrong:
            form.add(wrong.problems)
    found = get_member(g.viewer, code)
    page = render("members/person/pause.html", member=found, status=status_of(found), form=form)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/members/<code>/resumption", methods=["POST"])
def resumption(code: str) -> ResponseReturnValue:
    return redirect(save_once(Form(), page_of(code), lambda: resume_member(viewer=g.viewer, code=code)))
