"""One case: its page, opening one, changing it, closing it and opening it again; the cases on a member's page."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from mexile.access.account.forms import keep_choice
from mexile.access.account.queries import names_of, with_roles
from mexile.access.policy import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.cases.blueprint import blueprint
from mexile.cases.case.actions import close_case, edit_case, include_person, let_go, open_case, reopen_case
from mexile.cases.case.forms import CaseForm, CloseCaseForm, EditCaseForm, NewCaseForm, PersonForm
from mexile.cases.case.models import Case
from mexile.cases.case.page import dates_of_case, people_of_case, proceedings_of
from mexile.cases.case.queries import cases_of, closure_of_case, get_case, reliefs_of
from mexile.cases.proceeding.page import decisions_of_case
from mexile.cases.proceeding.queries import mpp_of_case
from mexile.cases.theory.queries import reads_theory
from mexile.ground import organization
from mexile.members.household.queries import households_of
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.record import asked_part, shown
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs

PARTS = {"now": _("Now"), "people": _("People"), "courts": _("Courts"), "papers": _("Papers")}
"""The parts of the page, each with an address of its own; only what is asked for is read."""


def page_of(code: str, part: str | None = None) -> str:
    return url_for("cases.case", code=code, part=part)


@blueprint.route("/cases/<code>")
def case(code: str) -> str:
    """Whose it is and what is next; its people, its proceedings, its papers. The theory stays closed."""
    return _page(get_case(g.viewer, code), asked_part(PARTS), PersonForm(None))


def _page(case: Case, part: str, form: PersonForm) -> str:
    attorneys, attorney = dict(with_roles(ATTORNEY)), case.attorney_user_id
    people = people_of_case(g.viewer, case.id)
    parts = shown(PARTS, part)
    mpp = mpp_of_case(g.viewer, case.id) if "courts" in parts else []
    return render(
        "cases/case/case.html",
        case=case,
        part=part,
        parts=PARTS,
        shown=parts,
        people=people,
        lead=next((person for person in people.now if person.role == "lead"), None),
        mpp=mpp,
        # Mexicans were never in it: where everybody is Mexican the program doesn't offer it.
        offers_mpp=bool(mpp) or any(person.nationality not in (None, "MX") for person in people.now),
        reads_theory=reads_theory(g.viewer, case),
        reliefs=reliefs_of(case.id),
        closure=closure_of_case(case.id),
        proceedings=proceedings_of(case.id),
        decisions=decisions_of_case(g.viewer, case.id) if {"now", "courts"} & {*parts} else None,
        dates=dates_of_case(g.viewer, case.id) if "now" in parts else [],
        attorney=attorneys.get(attorney) if attorney else None,
        attorney_before=names_of({attorney}).get(attorney) if attorney and attorney not in attorneys else None,
        form=form,
    )


@blueprint.route("/members/<code>/cases/new", methods=["GET", "POST"])
def new_case(code: str) -> ResponseReturnValue:
    member = get_member(g.viewer, code)
    form = NewCaseForm()
    household = _household(member)
    form.derivatives.choices = household
    if request.method == "GET":
        form.opened_on.data = form.opened_on.data or organization.today()
        return _new(form, member)
    chosen = [other for other, _name in household if other in (form.derivatives.data or ())]
    return save(
        form,
        lambda: open_case(viewer=g.viewer, member_code=code, values=form.values(), derivatives=chosen),
        lambda case: page_of(case.code),
        lambda: _new(form, member),
    )


def _household(member: Member) -> list[tuple[str, str]]:
    """The others of the member's household, to be included."""
    houses = households_of(g.viewer, member.id)
    return [
        (person.code, person.name.full) for house in houses for person in house.people if person.code != member.code
    ]


def _new(form: NewCaseForm, member: Member) -> str:
    return render("cases/case/new.html", form=form, member=member, name=name_of(member, g.viewer))


@blueprint.route("/cases/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    case = get_case(g.viewer, code)
    if request.method == "GET":
        form = EditCaseForm(obj=case, reliefs=reliefs_of(case.id))
        keep_choice(form.attorney_user_id, case.attorney_user_id)
        return _edit(form, case)
    form = EditCaseForm()
    keep_choice(form.attorney_user_id, case.attorney_user_id)
    return save(
        form,
        lambda: edit_case(viewer=g.viewer, code=code, version=form.version_shown(), values=not_theirs(form)),
        page_of(code),
        lambda: _edit(form, case),
        conflict=lambda _error: _stale(form, code),
    )


def _edit(form: CaseForm, case: Case, differing: list[Any] | None = None) -> str:
    return render("cases/case/edit.html", form=form, case=case, differing=differing)


def _stale(form: EditCaseForm, code: str) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    case = get_case(g.viewer, code)
    form.version.data = str(case.version)
    return _edit(form, case, differences(form, form.values_in(case)))


@blueprint.route("/cases/<code>/closure", methods=["GET", "POST"])
def closure(code: str) -> ResponseReturnValue:
    form = CloseCaseForm()
    if request.method == "GET":
        return _closure(code, form)
    return save(
        form,
        lambda: close_case(viewer=g.viewer, code=code, outcome=form.outcome.data),
        page_of(code),
        lambda: _closure(code, form),
    )


def _closure(code: str, form: CloseCaseForm) -> str:
    case = get_case(g.viewer, code)
    return render("cases/case/closure.html", case=case, closure=closure_of_case(case.id), form=form)


@blueprint.route("/cases/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: reopen_case(viewer=g.viewer, code=code), page_of(code))


@blueprint.route("/cases/<code>/people", methods=["POST"])
def people(code: str) -> ResponseReturnValue:
    """Somebody more is included in the case."""
    form, case = PersonForm(), get_case(g.viewer, code)
    return save(
        form,
        lambda: include_person(viewer=g.viewer, code=code, member_code=form.member.data, on=form.on.data),
        page_of(code, "people"),
        lambda: _page(case, "people", form),
    )


@blueprint.route("/cases/<code>/departure", methods=["POST"])
def departure(code: str) -> ResponseReturnValue:
    """Somebody is no longer in the case; `member` says who."""
    member = request.form.get("member", "")
    return save(Form(), lambda: let_go(viewer=g.viewer, code=code, member_code=member), page_of(code, "people"))


def member_cases(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The cases in which the member stands. A volunteer sees no case."""
    if viewer.sees_first_names_only:
        return None
    return {"cases": cases_of(viewer, member.id), "code": member.code}
