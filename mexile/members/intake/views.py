"""Writing a new member down, changing what is written, and asking first whether it is somebody we know already."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.access.rules import name_act
from mexile.ground import keyring, organization, trail
from mexile.ground.db import writing
from mexile.members.blueprint import blueprint, page_of
from mexile.members.contact.queries import phone_index
from mexile.members.detail.queries import a_number_index
from mexile.members.family.actions import becomes_member, is_somebody_known
from mexile.members.family.queries import get_relative
from mexile.members.household.actions import join_household, make_household
from mexile.members.household.queries import household_by_code, households_of
from mexile.members.intake.forms import EditForm, IntakeForm, KnownForm, values_of
from mexile.members.intake.queries import LookAlikes, look_alikes
from mexile.members.name.queries import name_of
from mexile.members.person.actions import create_member, edit_member
from mexile.members.person.models import Member
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, consent_problems, day_problems, shown_a_number
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import Difference, differences, not_theirs

name_act("member.known_elsewhere", "Was told that a person is known", "Supo que la persona es conocida")


def beside(member: Member, alike: LookAlikes | None) -> dict[str, Any]:
    """What `_known.html` shows: the record being changed beside those it may be."""
    return {"alike": alike, "whole_name": name_of(member, g.viewer).full if alike else None}


def onward(form: KnownForm, code: str, url: str) -> str:
    """Where the answer leads once the form is saved: both records side by side, the relation to write down, or
    ``url``. Nothing that was typed is lost on the way."""
    kind, other = form.answer()
    if kind == "same":
        return url_for("members.merge", code=code, other=other)
    if kind == "relative":
        return url_for("members.relations", code=code, other=other)
    return url


def note_hidden(alike: LookAlikes) -> None:
    """Somebody learned that a person is known to us: that much belongs in the trail."""
    if alike.hidden:
        with writing():
            trail.record("member.known_elsewhere", alike.hidden)


@blueprint.route("/members/new", methods=["GET", "POST"])
def new_member() -> ResponseReturnValue:
    form = IntakeForm()
    if request.method == "GET":
        if "relative" in request.args:
            form = _from_relative(form)
        form.household.data = form.household.data or request.args.get("household", "")
        form.consent_on.data = form.consent_on.data or organization.today()
        return _new(form)
    is_whole, values = form.validate(), form.values()
    problems = day_problems(_days(form), organization.today()) + consent_problems(values, form.consent.data)
    form.add(problems)
    if problems or not is_whole:
        return _new(form), 422
    alike = look_alikes(g.viewer, values, [phone_index(values["phone"])], _a_numbers(values))
    if alike and not form.decision.data:
        note_hidden(alike)
        return _new(form, alike), 422
    if alike and (form.decision.data or "").startswith("same:"):
        return _same_person(form.decision.data.partition(":")[2], values["a_number"])
    key_id = keyring.new_key()
    return save(
        form,
        lambda: _create(form, values, key_id),
        lambda member: page_of(member.code),
        lambda: _new(form, alike),
    )


def _new(form: IntakeForm, alike: LookAlikes | None = None) -> str:
    household = form.household.data and household_by_code(g.viewer, form.household.data)
    return render("members/intake/new.html", form=form, alike=alike, household=household)


def _from_relative(kept: IntakeForm) -> IntakeForm:
    """Opened for a relative, the form begins with what was said of them: the alias, the year, the household.
    What was typed before about somebody else doesn't come back here."""
    owner, code = request.args.get("of", ""), request.args["relative"]
    member, kin = get_relative(g.viewer, owner, code)
    if kept.is_restored and kept.relative.data == f"{owner}/{code}":
        return kept
    form = IntakeForm(MultiDict())
    form.relative.data = f"{owner}/{code}"
    form.alias.data, form.birth_year.data, form.role.data = kin.called, kin.birth_year, kin.role
    houses = households_of(g.viewer, member.id)
    form.household.data = next((house.code for house in houses if house.id == kin.household_id), "")
    return form


def _a_numbers(values: dict[str, Any]) -> list[bytes]:
    return [a_number_index(values["a_number"])] if values["a_number"] else []


def _days(form: Any) -> dict[str, Any]:
    return {**form.values(), "consent_on": form.consent_on.data if form.consent.data else None}


def _same_person(code: str, a_number: str | None) -> str:
    """The record that exists, with what was just typed beside it: nothing typed is lost, and nothing that stands
    is overwritten by a field that was left empty. An A-number has no field here: it is shown with the place where
    it belongs."""
    member = get_member(g.viewer, code)
    form, stands = EditForm(), values_of(member)
    for name, value in stands.items():
        if not form[name].data:
            form[name].raw_data, form[name].data = None, value
    form.version.data = str(member.version)
    return _edit(form, member, differences(form, stands), is_same=True, a_number=a_number)


def _create(form: IntakeForm, values: dict[str, Any], key_id: bytes) -> Member:
    member = create_member(viewer=g.viewer, key_id=key_id, values=values, consent=form.consent_given())
    _place(form, member)
    return member


def _place(form: IntakeForm, member: Member) -> None:
    """Put the new person into the household that was asked for, or into that of the relative."""
    role = form.role.data or "other"
    code = form.household.data
    kind, _, relative = (form.decision.data or "").partition(":")
    if kind == "relative":
        held = households_of(g.viewer, get_member(g.viewer, relative).id)
        code = held[0].code if held else make_household(viewer=g.viewer, code=relative).code
    if code:
        join_household(viewer=g.viewer, household_code=code, code=member.code, role=role)
    if form.relative.data:
        owner, _, kin = form.relative.data.partition("/")
        becomes_member(viewer=g.viewer, code=owner, relative_code=kin, person=member)


@blueprint.route("/members/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    member = get_member(g.viewer, code)
    if request.method == "GET":
        form = EditForm(data=values_of(member))
        form.version.data = form.version.data or str(member.version)
        return _edit(form, member)
    form = EditForm()
    if not form.validate():
        return _edit(form, member), 422
    if alike := _known(form, member):
        return _edit(form, member, alike=alike), 422
    return save(
        form,
        lambda: _change(form, code),
        onward(form, code, page_of(code)),
        lambda: _edit(form, member),
        conflict=lambda _: _stale(form, code),
    )


def _edit(
    form: EditForm,
    member: Member,
    differing: list[Difference] | None = None,
    *,
    is_same: bool = False,
    a_number: str | None = None,
    alike: LookAlikes | None = None,
) -> str:
    consent = consent_of(member.id, CONSENT_PURPOSE)
    number = shown_a_number(a_number) if a_number else None
    return render(
        "members/intake/edit.html",
        form=form,
        member=member,
        consent=consent,
        differing=differing,
        is_same=is_same,
        a_number=number,
        **beside(member, alike),
    )


def _known(form: EditForm, member: Member) -> LookAlikes | None:
    """Others who may be this person by what is new in the form, unless whoever writes it looked at them already."""
    if form.answer()[0]:
        return None
    stands = values_of(member)
    values = form.values()
    new = {
        name: values[name]
        for name in ("given_names", "surnames", "birth_date", "phone")
        if values[name] != stands[name]
    }
    if not any(new.values()):
        return None
    phones = [phone_index(new["phone"])] if new.get("phone") else []
    alike = look_alikes(g.viewer, values if new.keys() - {"phone"} else {}, phones, but=member.id)
    note_hidden(alike)
    return alike or None


def _change(form: EditForm, code: str) -> None:
    edit_member(
        viewer=g.viewer,
        code=code,
        version=form.version_shown(),
        values=not_theirs(form),
        consent=form.consent_given(),
    )
    if form.relative.data:
        owner, _, kin = form.relative.data.partition("/")
        is_somebody_known(viewer=g.viewer, code=owner, relative_code=kin, member_code=code)


def _stale(form: EditForm, code: str) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    member = get_member(g.viewer, code)
    form.version.data = str(member.version)
    return _edit(form, member, differences(form, values_of(member)))
