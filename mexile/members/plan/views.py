"""The emergency plan: its form, its sheet to print, and what the page "Someone was detained" shows of it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.errors import NotHere
from mexile.members.blueprint import blueprint
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_lasting_member, get_member
from mexile.members.plan.actions import save_plan
from mexile.members.plan.forms import CHILDREN, PlanForm, values_of_plan
from mexile.members.plan.queries import plan_of
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import Difference, differences, keep_standing


@blueprint.route("/members/<code>/emergency-plan", methods=["GET", "POST"])
def plan(code: str) -> ResponseReturnValue:
    member = get_member(g.viewer, code)
    if request.method == "GET":
        held = plan_of(member)
        form = PlanForm(data=values_of_plan(held))
        form.version.data = form.version.data or str(held.plan.version if held else 0)
        return _form(member, form)
    form = PlanForm()
    if not form.validate():
        return _form(member, form), 422
    keep_standing(form, values_of_plan(plan_of(member)) if "theirs" in request.form else {})
    version, values, children = form.version_shown(), form.values(), form.children()
    return save(
        form,
        lambda: save_plan(viewer=g.viewer, code=code, version=version, values=values, children=children),
        url_for("members.member", code=code),
        lambda: _form(member, form),
        conflict=lambda _: _stale(member, form),
    )


def _stale(member: Member, form: PlanForm) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    held = plan_of(member)
    form.version.data = str(held.plan.version if held else 0)
    return _form(member, form, differences(form, values_of_plan(held)))


def _form(member: Member, form: PlanForm, differing: list[Difference] | None = None) -> str:
    return render("members/plan/plan.html", member=member, form=form, children=range(CHILDREN), differing=differing)


@blueprint.route("/members/<code>/emergency-plan/sheet")
def plan_sheet(code: str) -> ResponseReturnValue:
    """The plan on one sheet, to print and keep by the door. It carries names, so it is only for who may
    know of the person lastingly."""
    member = get_lasting_member(g.viewer, code)
    held = plan_of(member)
    if held is None:
        raise NotHere(code)
    return render("members/plan/sheet.html", member=member, name=name_of(member, g.viewer), held=held)


def emergency(viewer: Any, member: Member, **_more: Any) -> dict[str, Any]:
    """The whole plan, open: on this page nobody should have to open a drawer."""
    return {"member": member, "held": plan_of(member), "may_read": not viewer.sees_first_names_only}
