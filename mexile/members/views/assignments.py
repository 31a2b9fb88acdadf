"""Who walks with a member."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.members.actions.assignment import assign_member, release_member
from mexile.members.blueprint import blueprint
from mexile.members.forms.beside import AssignmentForm, ReleaseForm
from mexile.members.queries.member import companions, get_member
from mexile.members.queries.names import name_of
from mexile.web.page import render


@blueprint.route("/members/<code>/assignments", methods=["GET", "POST"])
def assignments(code: str) -> ResponseReturnValue:
    form = AssignmentForm()
    if request.method == "GET":
        return _page(code, form)
    if not form.validate():
        return _page(code, form), 422
    url = url_for("members.assignments", code=code)
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            assign_member(viewer=g.viewer, code=code, user_id=form.user_id.data, reason=form.reason.data)
            once.remember(form.token, url)
    except (Conflict, Invalid) as wrong:
        form.add(wrong.problems if isinstance(wrong, Invalid) else [wrong.problem])
        return _page(code, form), 422
    return redirect(url)


@blueprint.route("/members/<code>/assignments/<int:id>/release", methods=["POST"])
def release(code: str, id: int) -> ResponseReturnValue:
    """End an assignment. Whoever releases herself lands on the list: the member is gone for her."""
    form = ReleaseForm()
    if not form.validate():
        return _page(code, AssignmentForm(formdata=MultiDict()), form, id), 422
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        ended = release_member(viewer=g.viewer, code=code, assignment_id=id, reason=form.reason.data)
        gone = ended.user_id == g.viewer.user_id and not g.viewer.sees_all_members
        url = url_for("members.members") if gone else url_for("members.assignments", code=code)
        once.remember(form.token, url)
    return redirect(url)


def _page(code: str, form: AssignmentForm, releasing: ReleaseForm | None = None, wrong_id: int | None = None) -> str:
    found = get_member(g.viewer, code)
    return render(
        "members/assignments.html",
        member=found,
        name=name_of(found, g.viewer),
        companions=companions(g.viewer, found.id),
        form=form,
        releasing=releasing or ReleaseForm(formdata=MultiDict()),
        wrong_id=wrong_id,
    )
