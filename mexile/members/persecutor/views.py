"""Whom a member flees from."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.members.blueprint import blueprint
from mexile.members.persecutor.actions import add_persecutor, remove_persecutor
from mexile.members.persecutor.forms import PersecutorForm
from mexile.members.persecutor.queries import persecutors_of
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/persecutors", methods=["GET", "POST"])
def persecutors(code: str) -> ResponseReturnValue:
    form = PersecutorForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: add_persecutor(viewer=g.viewer, code=code, values=form.values()),
        url_for("members.persecutors", code=code),
        lambda: _page(code, form),
    )


def _page(code: str, form: PersecutorForm) -> str:
    member = get_member(g.viewer, code)
    return render(
        "members/persecutor/persecutors.html", member=member, form=form, persecutors=persecutors_of(g.viewer, member.id)
    )


@blueprint.route("/members/<code>/persecutors/<int:id>/removal", methods=["POST"])
def persecutor_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("members.persecutors", code=code)
    return save(Form(), lambda: remove_persecutor(viewer=g.viewer, code=code, persecutor_id=id), url)
