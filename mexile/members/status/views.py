"""Closing a member and opening again, pausing a member and going on."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.members.blueprint import blueprint, page_of
from mexile.members.name.queries import name_of
from mexile.members.person.actions import close_member, reopen_member
from mexile.members.person.queries import closure_of, get_member
from mexile.members.status.actions import pause_member, resume_member
from mexile.members.status.forms import ClosureForm, PauseForm
from mexile.members.status.queries import status_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/closure", methods=["GET", "POST"])
def closure(code: str) -> ResponseReturnValue:
    form = ClosureForm()
    if request.method == "GET":
        return _closure_page(code, form)
    return save(
        form,
        lambda: close_member(viewer=g.viewer, code=code, reason=form.reason.data),
        page_of(code),
        lambda: _closure_page(code, form),
    )


def _closure_page(code: str, form: ClosureForm) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/status/closure.html",
        member=member,
        name=name_of(member, g.viewer),
        closure=closure_of(member.id),
        form=form,
    )


@blueprint.route("/members/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: reopen_member(viewer=g.viewer, code=code), page_of(code))


@blueprint.route("/members/<code>/pause", methods=["GET", "POST"])
def pause(code: str) -> ResponseReturnValue:
    form = PauseForm()
    if request.method == "GET":
        return _pause_page(code, form)
    return save(
        form,
        lambda: pause_member(viewer=g.viewer, code=code, reason=form.reason.data, until_on=form.until_on.data),
        page_of(code),
        lambda: _pause_page(code, form),
    )


def _pause_page(code: str, form: PauseForm) -> str:
    member = get_member(g.viewer, code)
    return render("members/status/pause.html", member=member, status=status_of(member), form=form)


@blueprint.route("/members/<code>/resumption", methods=["POST"])
def resumption(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: resume_member(viewer=g.viewer, code=code), page_of(code))
