"""Waiting with a member for a while, and going on."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.members.actions.pause import pause_member, resume_member
from mexile.members.blueprint import blueprint
from mexile.members.forms.story import PauseForm
from mexile.members.queries.member import get_member
from mexile.members.queries.status import status_of
from mexile.members.views.member import page_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/pause", methods=["GET", "POST"])
def pause(code: str) -> ResponseReturnValue:
    form = PauseForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: pause_member(viewer=g.viewer, code=code, reason=form.reason.data, until_on=form.until_on.data),
        page_of(code),
        lambda: _page(code, form),
    )


def _page(code: str, form: PauseForm) -> str:
    member = get_member(g.viewer, code)
    return render("members/person/pause.html", member=member, status=status_of(member), form=form)


@blueprint.route("/members/<code>/resumption", methods=["POST"])
def resumption(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: resume_member(viewer=g.viewer, code=code), page_of(code))
