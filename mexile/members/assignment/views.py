"""Who is assigned to a member."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.members.assignment.actions import assign_member, release_member
from mexile.members.assignment.forms import AssignmentForm, ReleaseForm
from mexile.members.assignment.models import Assignment
from mexile.members.blueprint import blueprint
from mexile.members.name.queries import name_of
from mexile.members.person.queries import companions, get_member
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/assignments", methods=["GET", "POST"])
def assignments(code: str) -> ResponseReturnValue:
    form = AssignmentForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: assign_member(viewer=g.viewer, code=code, user_id=form.user_id.data, reason=form.reason.data),
        url_for("members.assignments", code=code),
        lambda: _page(code, form),
    )


@blueprint.route("/members/<code>/assignments/<int:id>/release", methods=["POST"])
def release(code: str, id: int) -> ResponseReturnValue:
    """End an assignment. Whoever releases herself lands on the list: the member is gone for her."""
    form = ReleaseForm()

    def onward(ended: Assignment) -> str:
        gone = ended.user_id == g.viewer.user_id and not g.viewer.sees_all_members
        return url_for("members.members") if gone else url_for("members.assignments", code=code)

    return save(
        form,
        lambda: release_member(viewer=g.viewer, code=code, assignment_id=id, reason=form.reason.data),
        onward,
        lambda: _page(code, AssignmentForm(None), form, id),
    )


def _page(code: str, form: AssignmentForm, releasing: ReleaseForm | None = None, wrong_id: int | None = None) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/assignment/assignments.html",
        member=member,
        name=name_of(member, g.viewer),
        companions=companions(g.viewer, member.id),
        form=form,
        releasing=releasing or ReleaseForm(None),
        wrong_id=wrong_id,
    )
