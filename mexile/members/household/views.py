"""A member's household: making it, adding people, leaving it, who is its head."""

from __future__ import annotations

from dataclasses import replace

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import clean_line
from mexile.members.blueprint import blueprint
from mexile.members.family.queries import families_of, left_of
from mexile.members.household.actions import change_role, join_household, leave_household, make_household
from mexile.members.household.forms import HouseholdForm
from mexile.members.household.queries import households_of
from mexile.members.listing.views import once_a_minute
from mexile.members.name.queries import find_members, name_of
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

MOST_FOUND = 8


@blueprint.route("/members/<code>/household", methods=["GET", "POST"])
def household(code: str) -> ResponseReturnValue:
    """The page; POST adds the person ``who`` to the member's household, which is made if there is none."""
    form = HouseholdForm()
    if request.method == "GET":
        return _page(code, form)
    return save(form, lambda: _add(code, form), url_for("members.household", code=code), lambda: _page(code, form))


def _add(code: str, form: HouseholdForm) -> None:
    """Without ``who`` the member's own household is made where there is none; else the person joins it."""
    held = households_of(g.viewer, get_member(g.viewer, code).id)
    if not form.who.data:
        if held:
            raise Invalid(Problem("who", "Choose somebody first.", "Primero elija a alguien."))
        make_household(viewer=g.viewer, code=code, role=form.role.data)
        return
    house = held[0].code if held else make_household(viewer=g.viewer, code=code).code
    join_household(viewer=g.viewer, household_code=house, code=form.who.data, role=form.role.data)


@blueprint.route("/members/<code>/household/<house>/role", methods=["POST"])
def household_role(code: str, house: str) -> ResponseReturnValue:
    """The member gets another place in the household."""
    form = HouseholdForm()
    return save(
        form,
        lambda: change_role(viewer=g.viewer, household_code=house, code=code, role=form.role.data),
        url_for("members.household", code=request.form.get("from") or code),
        lambda: _page(code, form),
    )


@blueprint.route("/members/<code>/household/<house>/departure", methods=["POST"])
def household_departure(code: str, house: str) -> ResponseReturnValue:
    """The member belongs to the household no longer."""
    back = url_for("members.household", code=request.form.get("from") or code)
    return save(Form(), lambda: leave_household(viewer=g.viewer, household_code=house, code=code), back)


@blueprint.route("/members/<code>/household/search", methods=["POST"])
def household_search(code: str) -> str:
    """Who could be added, by a name: a POST, so that it stands in no address."""
    return _page(code, HouseholdForm(None))


def _page(code: str, form: HouseholdForm) -> str:
    member = get_member(g.viewer, code)
    text = clean_line(request.form.get("q", ""))
    candidates = (
        [candidate for candidate in find_members(g.viewer, text, MOST_FOUND) if candidate.code != code]
        if text
        else None
    )
    if text:
        once_a_minute()
    live = bool(request.headers.get("X-Live-Search"))
    return render(
        "members/household/_found.html" if live else "members/household/household.html",
        member=member,
        name=name_of(member, g.viewer),
        families=[replace(family, left=left_of(g.viewer, family)) for family in families_of(g.viewer, member)],
        form=form,
        q=text,
        candidates=candidates,
    )
