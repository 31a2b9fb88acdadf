"""Whom a member flees from."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Invalid
from mexile.members.actions.persecutor import add_persecutor, remove_persecutor
from mexile.members.blueprint import blueprint
from mexile.members.forms.story import PersecutorForm
from mexile.members.queries.member import get_member
from mexile.members.queries.persecutors import persecutors_of
from mexile.members.views.saving import save_once
from mexile.web.form import Form
from mexile.web.page import render


@blueprint.route("/members/<code>/persecutors", methods=["GET", "POST"])
def persecutors(code: str) -> ResponseReturnValue:
    form = PersecutorForm()
    if request.method == "GET":
        return _page(code, form)
    if form.validate():
        url = url_for("members.persecutors", code=code)
        try:
            return redirect(
                save_once(form, url, lambda: add_persecutor(viewer=g.viewer, code=code, values=form.values()))
            )
        except Invalid as wrong:
            form.add(wrong.problems)
    return _page(code, form), 422


def _page(code: str, form: PersecutorForm) -> str:
    found = get_member(g.viewer, code)
    return render(
        "members/person/persecutors.html", member=found, form=form, persecutors=persecutors_of(g.viewer, found.id)
    )


@blueprint.route("/members/<code>/persecutors/<int:id>/removal", methods=["POST"])
def persecutor_removal(code: str, id: int) -> ResponseReturnValue:
    form = Form()
    url = url_for("members.persecutors", code=code)
    return redirect(save_once(form, url, lambda: remove_persecutor(viewer=g.viewer, code=code, persecutor_id=id)))
