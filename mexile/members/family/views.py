"""A member's family: relatives without a record, where each person is, what they are to one another."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.ground.text import clean_line
from mexile.members.blueprint import blueprint
from mexile.members.family.actions import add_relative, relative_leaves, set_place
from mexile.members.family.forms import PlaceForm, RelationForm, RelativeForm
from mexile.members.family.queries import families_of, get_relative, place_history
from mexile.members.household.models import HouseholdPlace
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.relation.actions import end_relation, relate
from mexile.members.relation.queries import kin_of
from mexile.members.relation.rules import Person
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


def household_of(code: str) -> str:
    return url_for("members.household", code=code)


@blueprint.route("/members/<code>/relatives", methods=["GET", "POST"])
def relatives(code: str) -> ResponseReturnValue:
    """Somebody of the family who has no record stands in the household."""
    form, member = RelativeForm(), get_member(g.viewer, code)
    page = lambda: render("members/family/relative.html", member=member, name=name_of(member, g.viewer), form=form)
    if request.method == "GET":
        return page()
    act = lambda: add_relative(viewer=g.viewer, code=code, values=form.values())
    return save(form, act, household_of(code), page)


@blueprint.route("/members/<code>/relatives/<relative>/departure", methods=["POST"])
def relative_departure(code: str, relative: str) -> ResponseReturnValue:
    back = household_of(request.form.get("from") or code)
    return save(Form(), lambda: relative_leaves(viewer=g.viewer, code=code, relative_code=relative), back)


@blueprint.route("/members/<code>/place", methods=["GET", "POST"])
def place(code: str) -> ResponseReturnValue:
    """Where the member is now."""
    member = get_member(g.viewer, code)
    return _place(member, Person(member.id), name_of(member, g.viewer).full, None)


@blueprint.route("/members/<code>/relatives/<relative>/place", methods=["GET", "POST"])
def relative_place(code: str, relative: str) -> ResponseReturnValue:
    """Where a relative without a record is now."""
    member, kin = get_relative(g.viewer, code, relative)
    return _place(member, Person(member.id, kin.id), kin.called or "", relative)


def _place(member: Member, person: Person, name: str, relative: str | None) -> ResponseReturnValue:
    history = place_history(person)
    form = PlaceForm(data=_last_said(history))
    page = lambda: render(
        "members/family/place.html", member=member, name=name, relative=relative, form=form, history=history
    )
    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: set_place(viewer=g.viewer, code=member.code, values=form.values(), relative_code=relative),
        household_of(member.code),
        page,
    )


def _last_said(history: list[HouseholdPlace]) -> dict[str, object]:
    """What stands now, as the form shows it; the day is today, since something changes."""
    if not history:
        return {"since_on": organization.today()}
    last = history[0]
    return {
        "place": last.place,
        "state": last.state or "",
        "since_on": organization.today(),
        "in_danger": last.in_danger,
        "contact": last.contact,
        "note": last.note,
    }


@blueprint.route("/members/<code>/relations", methods=["GET", "POST"])
def relations(code: str) -> ResponseReturnValue:
    """What others are to the member, kept once and said from both sides."""
    member = get_member(g.viewer, code)
    form = RelationForm()
    form.person.choices = _choices(g.viewer, member)
    if request.method == "GET":
        form.other.data = clean_line(request.args.get("other", ""))[:12].upper()
        return _relations(member, form)
    return save(form, lambda: _relate(code, form), household_of(code), lambda: _relations(member, form))


def _relations(member: Member, form: RelationForm) -> str:
    return render(
        "members/family/relations.html",
        member=member,
        name=name_of(member, g.viewer),
        form=form,
        kin=kin_of(g.viewer, member),
    )


def _relate(code: str, form: RelationForm) -> None:
    """A code that nobody has, or that one may not know of, is said at its field: the two look alike."""
    if not form.chosen():
        raise Invalid(Problem("person", "Choose somebody first.", "Primero elija a alguien."))
    get_member(g.viewer, code)
    try:
        relate(viewer=g.viewer, code=code, side=form.side.data, other=form.chosen())
    except NotHere:
        raise Invalid(
            Problem(
                "other",
                "Nobody whom you walk with has this code.",
                "Nadie a quien usted acompaña tiene este código.",
            )
        ) from None


def _choices(viewer: Viewer, member: Member) -> list[tuple[str, str]]:
    """The others of the member's households, by the code under which an action finds them."""
    choices = [("", "—")]
    for family in families_of(viewer, member):
        for person in family.people:
            if person.person != Person(member.id):
                choices.append((f"{person.owner}/{person.relative}" if person.relative else person.owner, person.name))
    return choices


@blueprint.route("/members/<code>/relations/<int:id>/end", methods=["POST"])
def relation_end(code: str, id: int) -> ResponseReturnValue:
    return save(Form(), lambda: end_relation(viewer=g.viewer, code=code, relation_id=id), household_of(code))


def family_in_need(viewer: Viewer, member: Member) -> dict[str, object] | None:
    """Beside somebody who was detained: who else is in the family, where, and whom one may call."""
    if viewer.sees_first_names_only:
        return None
    families = families_of(viewer, member)
    return {"families": families, "code": member.code, "title": gettext("Family")} if families else None
