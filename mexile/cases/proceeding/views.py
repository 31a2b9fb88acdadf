"""The proceedings of a case, and MPP."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.cases.blueprint import blueprint
from mexile.cases.case.models import Case
from mexile.cases.case.page import people_of_case
from mexile.cases.case.queries import get_case
from mexile.cases.case.views import page_of
from mexile.cases.event.models import Event
from mexile.cases.event.queries import lines_of
from mexile.cases.proceeding.actions import (
    change_mpp,
    decide_proceeding,
    edit_proceeding,
    open_proceeding,
    place_mpp,
    take_back_decision,
)
from mexile.cases.proceeding.forms import DecisionForm, MppForm, ProceedingForm
from mexile.cases.proceeding.models import Proceeding
from mexile.cases.proceeding.page import decisions_of_case
from mexile.cases.proceeding.queries import get_mpp, get_proceeding
from mexile.ground.errors import Conflict
from mexile.ground.text import number_sent
from mexile.members.name.queries import name_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs


@blueprint.route("/cases/<code>/proceedings/new", methods=["GET", "POST"])
def new_proceeding(code: str) -> ResponseReturnValue:
    case, form = get_case(g.viewer, code), ProceedingForm()
    page = lambda: render("cases/proceeding/new.html", form=form, case=case)
    if request.method == "GET":
        return page()
    return save(form, lambda: open_proceeding(viewer=g.viewer, code=code, values=form.values()), page_of(code), page)


@blueprint.route("/proceedings/<code>/edit", methods=["GET", "POST"], endpoint="edit_proceeding")
def proceeding(code: str) -> ResponseReturnValue:
    held, case = get_proceeding(g.viewer, code)
    if request.method == "GET":
        return _proceeding(ProceedingForm(obj=held), held, case)
    form = ProceedingForm()

    def stale(_error: Conflict) -> str:
        held, case = get_proceeding(g.viewer, code)
        form.version.data = str(held.version)
        return _proceeding(form, held, case, differing=differences(form, form.values_in(held)))

    return save(
        form,
        lambda: edit_proceeding(viewer=g.viewer, code=code, version=form.version_shown(), values=not_theirs(form)),
        page_of(case.code),
        lambda: _proceeding(form, held, case),
        conflict=stale,
    )


def _proceeding(form: ProceedingForm, held: Proceeding, case: Case, **more: Any) -> str:
    decisions = decisions_of_case(g.viewer, case.id)
    context = {"decision": DecisionForm(None), "differing": None, "changed": None, **more}
    return render(
        "cases/proceeding/proceeding.html",
        form=form,
        held=held,
        case=case,
        standing=decisions.decision_of(held.id),
        hanging=decisions.hanging(held.id),
        left_over=decisions.left_over(held.id),
        history=decisions.lines.get(held.id, []),
        dates=lines_of(g.viewer, Event.proceeding_id == held.id),
        **context,
    )


@blueprint.route("/proceedings/<code>/decision", methods=["POST"])
def decision(code: str) -> ResponseReturnValue:
    form, (held, case) = DecisionForm(), get_proceeding(g.viewer, code)
    return save(
        form,
        lambda: decide_proceeding(viewer=g.viewer, code=code, outcome=form.outcome.data, on=form.on.given),
        page_of(case.code),
        lambda: _proceeding(ProceedingForm(None, obj=held), held, case, decision=form),
    )


@blueprint.route("/proceedings/<code>/decision/void", methods=["POST"])
def decision_void(code: str) -> ResponseReturnValue:
    """The decision that the page showed is taken back; what hung on it is named there afterwards."""
    get_proceeding(g.viewer, code)
    shown = number_sent(request.form.get("decision")) or 0

    def changed(error: Conflict) -> str:
        held, case = get_proceeding(g.viewer, code)
        return _proceeding(ProceedingForm(None, obj=held), held, case, changed=error.problem)

    return save(
        Form(),
        lambda: take_back_decision(viewer=g.viewer, code=code, decision_id=shown),
        url_for("cases.edit_proceeding", code=code) + "#decided",
        conflict=changed,
    )


@blueprint.route("/cases/<code>/mpp/new", methods=["GET", "POST"])
def new_mpp(code: str) -> ResponseReturnValue:
    """Those of the case who are not Mexican come first; a Mexican is asked about."""
    case, form = get_case(g.viewer, code), MppForm()
    people = sorted(people_of_case(g.viewer, case.id).now, key=lambda person: person.nationality in (None, "MX"))
    form.member.choices = [(person.code, person.name.full) for person in people]
    if request.method == "GET":
        return _mpp(form, case, None)
    return save(
        form,
        lambda: place_mpp(
            viewer=g.viewer, code=code, member_code=form.member.data, values=form.values(), is_sure=form.sure.data
        ),
        page_of(code),
        lambda: _mpp(form, case, None),
    )


@blueprint.route("/cases/<code>/mpp/<int:id>", methods=["GET", "POST"])
def edit_mpp(code: str, id: int) -> ResponseReturnValue:
    """The exemption that was asked for, and its answer."""
    case = get_case(g.viewer, code)
    held, member = get_mpp(g.viewer, case, id)
    form = MppForm(obj=held, member=member.code)
    form.member.choices = [(member.code, name_of(member, g.viewer).full)]
    if request.method == "GET":
        form.sure.data = member.nationality == "MX"
        return _mpp(form, case, id)

    def stale(_error: Conflict) -> str:
        held, _member = get_mpp(g.viewer, get_case(g.viewer, code), id)
        form.version.data = str(held.version)
        return _mpp(form, case, id, differences(form, form.values_in(held)))

    return save(
        form,
        lambda: change_mpp(
            viewer=g.viewer,
            code=code,
            id=id,
            version=form.version_shown(),
            values=not_theirs(form),
            is_sure=form.sure.data,
        ),
        page_of(code),
        lambda: _mpp(form, case, id),
        conflict=stale,
    )


def _mpp(form: MppForm, case: Case, id: int | None, differing: Any = None) -> str:
    title = _("Change MPP") if id else _("Record MPP")
    return render("cases/proceeding/mpp.html", form=form, case=case, id=id, title=title, differing=differing)
