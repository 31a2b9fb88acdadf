"""Closing a member, and opening again."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.members.actions.member import close_member, reopen_member
from mexile.members.blueprint import blueprint
from mexile.members.forms.beside import ClosureForm
from mexile.members.queries.member import closure_of, get_member
from mexile.members.queries.names import name_of
from mexile.members.views.member import page_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/closure", methods=["GET", "POST"])
def closure(code: str) -> ResponseReturnValue:
    form = ClosureForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: close_member(viewer=g.viewer, code=code, reason=form.reason.data),
        page_of(code),
        lambda: _page(code, form),
    )


def _page(code: str, form: ClosureForm) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/closure.html",
        member=member,
        name=name_of(member, g.viewer),
        closure=closure_of(member.id),
        form=form,
    )


@blueprint.route("/members/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: reopen_member(viewer=g.viewer, code=code), page_of(code))
