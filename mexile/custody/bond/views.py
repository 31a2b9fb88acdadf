"""A member's bonds, on the page of their custody."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from mexile.custody.blueprint import blueprint
from mexile.custody.bond.actions import ask_bond, edit_bond
from mexile.custody.bond.forms import BondForm
from mexile.custody.bond.queries import get_bond
from mexile.custody.detention.views import section_of_page
from mexile.members.person.queries import get_member, member_code_of


@blueprint.route("/members/<code>/bonds", methods=["POST"])
def new_bond(code: str) -> ResponseReturnValue:
    member, form = get_member(g.viewer, code), BondForm()
    return section_of_page(member, form, "bond", lambda: ask_bond(viewer=g.viewer, code=code, values=form.values()))


@blueprint.route("/bonds/<code>", methods=["POST"])
def bond(code: str) -> ResponseReturnValue:
    bond, form = get_bond(g.viewer, code), BondForm()
    return section_of_page(
        get_member(g.viewer, member_code_of(bond.member_id)),
        form,
        "bond",
        lambda: edit_bond(viewer=g.viewer, code=code, version=form.version_shown(), values=form.values()),
        code,
    )
