"""A member's supervision, on the page of their custody."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from mexile.custody.blueprint import blueprint
from mexile.custody.detention.views import section_of_page
from mexile.custody.supervision.actions import end_supervision, start_supervision
from mexile.custody.supervision.forms import SupervisionEndForm, SupervisionForm
from mexile.members.person.queries import get_member


@blueprint.route("/members/<code>/supervisions", methods=["POST"])
def new_supervision(code: str) -> ResponseReturnValue:
    member, form = get_member(g.viewer, code), SupervisionForm()
    return section_of_page(
        member,
        form,
        "supervision",
        lambda: start_supervision(
            viewer=g.viewer,
            code=code,
            kind=form.kind.data,
            every=form.every.data,
            monitor=form.monitor.data,
            from_on=form.from_on.data,
            to_on=form.to_on.data,
        ),
    )


@blueprint.route("/members/<code>/supervisions/<int:id>/end", methods=["POST"])
def supervision_end(code: str, id: int) -> ResponseReturnValue:
    member, form = get_member(g.viewer, code), SupervisionEndForm()
    return section_of_page(
        member,
        form,
        "supervision_end",
        lambda: end_supervision(viewer=g.viewer, code=code, id=id, on=form.to_on.data),
        str(id),
    )
