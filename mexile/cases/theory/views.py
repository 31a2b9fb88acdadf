"""The theory of a case: privileged; opening it is noted in the trail, field by field."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.access.policy import ATTORNEY
from mexile.cases.blueprint import blueprint
from mexile.cases.case.models import Case
from mexile.cases.case.views import page_of
from mexile.cases.theory.actions import delegate, end_delegation, write_theory
from mexile.cases.theory.forms import DelegationForm, TheoryForm, values_of_theory
from mexile.cases.theory.queries import case_of_theory, delegations_of, theory_of
from mexile.ground.errors import Conflict
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs


@blueprint.route("/cases/<code>/theory", methods=["GET", "POST"])
def theory(code: str) -> ResponseReturnValue:
    case = case_of_theory(g.viewer, code)
    held = theory_of(case)
    if request.method == "GET":
        form = TheoryForm(data=values_of_theory(held))
        form.version.data = str(held.version if held else 0)
        return _theory(form, case)
    form = TheoryForm()
    values = not_theirs(form)

    def stale(_error: Conflict) -> str:
        held = theory_of(case)
        form.version.data = str(held.version if held else 0)
        return _theory(form, case, differences(form, values_of_theory(held)))

    return save(
        form,
        lambda: write_theory(viewer=g.viewer, code=code, version=form.version_shown(), values=values),
        page_of(code),
        lambda: _theory(form, case),
        conflict=stale,
    )


def _theory(form: TheoryForm, case: Case, differing: list[Any] | None = None) -> str:
    return render(
        "cases/theory/theory.html",
        form=form,
        case=case,
        differing=differing,
        delegations=delegations_of(case),
        delegates=g.viewer.is_any(ATTORNEY),
        delegation=DelegationForm(None),
    )


@blueprint.route("/cases/<code>/delegations", methods=["POST"])
def delegations(code: str) -> ResponseReturnValue:
    """An attorney lets somebody of the staff read and write it."""
    form, url = DelegationForm(), url_for("cases.theory", code=code)
    case_of_theory(g.viewer, code)
    if not form.validate():
        return redirect(url)
    return save(form, lambda: delegate(viewer=g.viewer, code=code, user_id=form.user_id.data), url)


@blueprint.route("/cases/<code>/delegations/<int:id>/end", methods=["POST"])
def delegation_end(code: str, id: int) -> ResponseReturnValue:
    url = url_for("cases.theory", code=code)
    return save(Form(), lambda: end_delegation(viewer=g.viewer, code=code, id=id), url)
