"""The proceedings of a case, and MPP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.cases.actions.proceedings import (
    change_mpp,
    decide_proceeding,
    edit_proceeding,
    open_proceeding,
    place_mpp,
    take_back_decision,
)
from mexile.cases.blueprint import blueprint
from mexile.cases.forms.proceeding import (
    DecisionForm,
    MppForm,
    ProceedingForm,
    values_of_mpp,
    values_of_proceeding,
)
from mexile.cases.models.case import Case
from mexile.cases.models.event import Event
from mexile.cases.models.proceeding import Proceeding
from mexile.cases.queries.case_page import people_of_case
from mexile.cases.queries.cases import get_case
from mexile.cases.queries.decisions import decisions_of_case
from mexile.cases.queries.events import lines_of
from mexile.cases.queries.proceedings import get_mpp, get_proceeding
from mexile.cases.views.case import page_of
from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.ground.text import number_sent
from mexile.members.queries.names import name_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.stale import differences


def written_once(form: Form, url: str, act: Callable[[], Any]) -> Response:
    """Do `act` in one write, the first time this form is sent, and go on to `url`."""
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        act()
        once.remember(form.token, url)
    return redirect(url)


@blueprint.route("/cases/<code>/proceedings/new", methods=["GET", "POST"])
def new_proceeding(code: str) -> ResponseReturnValue:
    found, form = get_case(g.viewer, code), ProceedingForm()
    if request.method == "POST" and form.validate():
        return written_once(
            form, page_of(code), lambda: open_proceeding(viewer=g.viewer, code=code, values=form.values())
        )
    page = render("cases/new_proceeding.html", form=form, case=found)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/proceedings/<code>/edit", methods=["GET", "POST"], endpoint="edit_proceeding")
def proceeding(code: str) -> ResponseReturnValue:
    held, case = get_proceeding(g.viewer, code)
    if request.method == "GET":
        form = ProceedingForm(data=values_of_proceeding(held))
        form.version.data = str(held.version)
        return _proceeding(form, held, case)
    form = ProceedingForm()
    if not form.validate():
        return _proceeding(form, held, case), 422
    values = {name: value for name, value in form.values().items() if name not in request.form.getlist("theirs")}
    try:
        return written_once(
            form,
            page_of(case.code),
            lambda: edit_proceeding(viewer=g.viewer, code=code, version=form.version_shown(), values=values),
        )
    except Conflict:
        held, case = get_proceeding(g.viewer, code)
        form.version.data = str(held.version)
        differing = differences(form, values_of_proceeding(held))
        return _proceeding(form, held, case, differing=differing), 409


def _proceeding(form: ProceedingForm, held: Proceeding, case: Case, **more: Any) -> str:
    decisions = decisions_of_case(g.viewer, case.id)
    context = {"decision": DecisionForm(None), "differing": None, "changed": None, **more}
    return render(
        "cases/proceeding.html",
        form=form,
        held=held,
        case=case,
        standing=decisions.standing(held.id),
        hanging=decisions.hanging(held.id),
        left_over=decisions.left_over(held.id),
        history=decisions.lines.get(held.id, []),
        dates=lines_of(g.viewer, Event.proceeding_id == held.id),
        **context,
    )


@blueprint.route("/proceedings/<code>/decision", methods=["POST"])
def decision(code: str) -> ResponseReturnValue:
    form, (held, case) = DecisionForm(), get_proceeding(g.viewer, code)
    try:
        if form.validate():
            return written_once(
                form,
                page_of(case.code),
                lambda: decide_proceeding(viewer=g.viewer, code=code, outcome=form.outcome.data, on=form.on.data),
            )
    except Invalid as wrong:
        form.add(wrong.problems)
    shown = ProceedingForm(None, data=values_of_proceeding(held))
    return _proceeding(shown, held, case, decision=form), 422


@blueprint.route("/proceedings/<code>/decision/void", methods=["POST"])
def decision_void(code: str) -> ResponseReturnValue:
    """The decision that the page showed is taken back; what hung on it is named there afterwards."""
    form, (held, case) = Form(), get_proceeding(g.viewer, code)
    shown = number_sent(request.form.get("decision")) or 0
    url = url_for("cases.edit_proceeding", code=code) + "#decided"
    try:
        return written_once(form, url, lambda: take_back_decision(viewer=g.viewer, code=code, decision_id=shown))
    except Conflict as wrong:
        held, case = get_proceeding(g.viewer, code)
        page = ProceedingForm(None, data=values_of_proceeding(held))
        page.version.data = str(held.version)
        return _proceeding(page, held, case, changed=wrong.problem), 409


@blueprint.route("/cases/<code>/mpp/new", methods=["GET", "POST"])
def new_mpp(code: str) -> ResponseReturnValue:
    """Those of the case who are not Mexican come first; a Mexican is asked about."""
    found, form = get_case(g.viewer, code), MppForm()
    people = sorted(people_of_case(g.viewer, found.id).now, key=lambda one: one.nationality in (None, "MX"))
    form.member.choices = [(one.code, one.name.full) for one in people]
    if request.method == "GET":
        return _mpp(form, found, None)
    try:
        if form.validate():
            return written_once(
                form,
                page_of(code),
                lambda: place_mpp(
                    viewer=g.viewer,
                    code=code,
                    member_code=form.member.data,
                    values=form.values(),
                    is_sure=form.sure.data,
                ),
            )
    except Invalid as wrong:
        form.add(wrong.problems)
    return _mpp(form, found, None), 422


@blueprint.route("/cases/<code>/mpp/<int:id>", methods=["GET", "POST"])
def edit_mpp(code: str, id: int) -> ResponseReturnValue:
    """The exemption that was asked for, and its answer."""
    found = get_case(g.viewer, code)
    held, member = get_mpp(g.viewer, found, id)
    form = MppForm(data={**values_of_mpp(held), "member": member.code})
    form.member.choices = [(member.code, name_of(member, g.viewer).full)]
    if request.method == "GET":
        form.sure.data, form.version.data = member.nationality == "MX", str(held.version)
        return _mpp(form, found, id)
    values = {name: value for name, value in form.values().items() if name not in request.form.getlist("theirs")}
    try:
        if form.validate():
            return written_once(
                form,
                page_of(code),
                lambda: change_mpp(
                    viewer=g.viewer,
                    code=code,
                    id=id,
                    version=form.version_shown(),
                    values=values,
                    is_sure=form.sure.data,
                ),
            )
    except Invalid as wrong:
        form.add(wrong.problems)
    except Conflict:
        held, _member = get_mpp(g.viewer, get_case(g.viewer, code), id)
        form.version.data = str(held.version)
        return _mpp(form, found, id, differences(form, values_of_mpp(held))), 409
    return _mpp(form, found, id), 422


def _mpp(form: MppForm, case: Case, id: int | None, differing: Any = None) -> str:
    title = _("Change MPP") if id else _("Record MPP")
    return render("cases/mpp.html", form=form, case=case, id=id, title=title, differing=differing)
