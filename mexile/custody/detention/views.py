"""Custody: who is held now, and one member's detentions, transfers, bonds and supervision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, url_for
from flask.typing import ResponseReturnValue

from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.custody.alert.actions import try_locator
from mexile.custody.alert.queries import tries_of
from mexile.custody.alert.views import chosen, standing_now
from mexile.custody.blueprint import blueprint
from mexile.custody.bond.forms import BondForm, form_of_bond
from mexile.custody.bond.queries import bonds_of
from mexile.custody.detention.actions import add_stay, end_detention, start_detention, void_detention
from mexile.custody.detention.forms import DetentionForm, EndForm, TransferForm
from mexile.custody.detention.models import Detention
from mexile.custody.detention.queries import custody_of, get_detention, held_now
from mexile.custody.detention.rules import changes, circuit_word
from mexile.custody.supervision.forms import SupervisionEndForm, SupervisionForm
from mexile.custody.supervision.queries import supervisions_of
from mexile.custody.words import detained
from mexile.ground import organization
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member, member_code_of
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save

FORMS = {
    "detention": DetentionForm,
    "transfer": TransferForm,
    "end": EndForm,
    "bond": BondForm,
    "supervision": SupervisionForm,
    "supervision_end": SupervisionEndForm,
}
SECTIONS = {"bond": "bonds", "supervision": "supervision", "supervision_end": "supervision", "locator": "locator"}
"""Where on the page what was saved stands; the rest stands at its head."""


@blueprint.app_template_filter("circuit")
def _circuit(circuit: int | None) -> str:
    return circuit_word(circuit, lang())


def member_state(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """Under a person's name, while they are in custody or somebody says so: since when, where, who has it.
    A volunteer doesn't read where."""
    alert = next((alert for alert in standing_now(viewer) if alert.member_code == member.code), None)
    is_held = detained(member.code)
    if not is_held and alert is None:
        return None
    return {
        "held": next(detention for detention in custody_of(viewer, member.id) if detention.end is None)
        if is_held
        else None,
        "alert": alert,
        "may_answer": viewer.is_any(*WORKS),
        "code": member.code,
        "today": organization.today(),
    }


def member_panel(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """What a member's page shows: the custody that goes on, or that there was one."""
    if viewer.sees_first_names_only:
        return None
    custody = custody_of(viewer, member.id)
    supervisions = [supervision for supervision in supervisions_of(viewer, member.id) if supervision.to_on is None]
    bonds = bonds_of(viewer, member.id)
    return {
        "custody": custody,
        "changes": changes(custody[0].stays) if custody else [],
        "supervision": supervisions[0] if supervisions else None,
        "bond": bonds[0] if bonds else None,
        "code": member.code,
        "today": organization.today(),
    }


@blueprint.route("/custody")
def custody() -> str:
    """Everybody who is held now."""
    return render("custody/detention/held.html", held=held_now(g.viewer), today=organization.today(), changes=changes)


@blueprint.route("/members/<code>/custody")
def member_custody(code: str) -> str:
    return _page(get_member(g.viewer, code))


def _page(member: Member, which: str = "", form: Form | None = None, at: str = "") -> str:
    """The page; `form` is the one that came back with errors, `at` the record it belongs to."""
    forms = {name: kind(None).apart(name) for name, kind in FORMS.items()}
    if form is not None:
        forms[which] = form.apart(f"{which}-{at}" if at else which)
    bonds = bonds_of(g.viewer, member.id)
    return render(
        "custody/detention/member.html",
        member=member,
        name=name_of(member, g.viewer),
        custody=custody_of(g.viewer, member.id),
        changes=changes,
        bonds=bonds,
        bond_forms={
            bond.code: (form if at == bond.code and form else form_of_bond(bond)).apart(bond.code) for bond in bonds
        },
        supervisions=supervisions_of(g.viewer, member.id),
        tries=tries_of(member_id=member.id),
        forms=forms,
        wrong=which if form is not None and not (which == "bond" and at) else "",
        at=at,
        today=organization.today(),
    )


def section_of_page(
    member: Member, form: Form, which: str, act: Callable[[], object], at: str = ""
) -> ResponseReturnValue:
    """Back to the section of the page that the form stands in."""
    url = url_for("custody.member_custody", code=member.code, _anchor=SECTIONS.get(which))
    return save(form, act, url, lambda: _page(member, which, form, at))


@blueprint.route("/members/<code>/detentions", methods=["POST"])
def new_detention(code: str) -> ResponseReturnValue:
    member, form = get_member(g.viewer, code), DetentionForm()
    return section_of_page(
        member,
        form,
        "detention",
        lambda: start_detention(
            viewer=g.viewer,
            member=get_member(g.viewer, code),
            from_on=form.from_on.data,
            held_by=form.held_by.data,
            place_id=form.place_id.data or None,
            note=form.note.data,
        ),
    )


def _of(detention: Detention) -> Member:
    return get_member(g.viewer, member_code_of(detention.member_id))


@blueprint.route("/detentions/<code>/transfers", methods=["POST"])
def transfer(code: str) -> ResponseReturnValue:
    detention, form = get_detention(g.viewer, code), TransferForm()
    return section_of_page(
        _of(detention),
        form,
        "transfer",
        lambda: add_stay(
            viewer=g.viewer,
            detention=get_detention(g.viewer, code),
            place_id=form.place_id.data or None,
            on=form.on.data,
        ),
        code,
    )


@blueprint.route("/detentions/<code>/end", methods=["POST"])
def detention_end(code: str) -> ResponseReturnValue:
    detention, form = get_detention(g.viewer, code), EndForm()
    return section_of_page(
        _of(detention),
        form,
        "end",
        lambda: end_detention(
            viewer=g.viewer, detention=get_detention(g.viewer, code), on=form.on.data, how=form.how.data
        ),
        code,
    )


@blueprint.route("/detentions/<code>/void", methods=["POST"])
def detention_void(code: str) -> ResponseReturnValue:
    """It was a mistake."""
    url = url_for("custody.member_custody", code=_of(get_detention(g.viewer, code)).code)
    return save(Form(), lambda: void_detention(viewer=g.viewer, detention=get_detention(g.viewer, code)), url)


@blueprint.route("/members/<code>/locator", methods=["POST"])
def member_locator(code: str) -> ResponseReturnValue:
    member, result = get_member(g.viewer, code), chosen("result")
    return section_of_page(
        member, Form(), "locator", lambda: try_locator(viewer=g.viewer, result=result, member=member)
    )
