"""One member's page and its drawers."""

from __future__ import annotations

from flask import g, request
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import NotFound

from mexile.members.blueprint import blueprint
from mexile.members.contact.queries import ways_to
from mexile.members.contact.views import first_answers, shown_ways
from mexile.members.detail.queries import details_of, harms_of, languages_of, sees_municipality
from mexile.members.entry.queries import arrival_of
from mexile.members.family.queries import families_of
from mexile.members.looked.queries import readers
from mexile.members.name.queries import name_of
from mexile.members.persecutor.queries import persecutors_of
from mexile.members.person.models import Member
from mexile.members.person.queries import companions, consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, shown_a_number
from mexile.members.plan.queries import plan_of
from mexile.members.status.queries import status_of
from mexile.web.page import render
from mexile.web.record import asked_part

DRAWERS = ("identity", "contact", "story", "plan", "looked")
PARTS = {
    "now": _("Now"),
    "services": _("Services"),
    "family": _("Family"),
    "legal": _("Legal"),
    "closed": _("Kept closed"),
}
"""The parts of the page, each with an address of its own; only what is asked for is read."""


@blueprint.route("/members/<code>")
def member(code: str) -> str:
    """One part of the page, or all of it; everything sealed stays closed until somebody opens it."""
    return _page(get_member(g.viewer, code), asked_part(PARTS))


@blueprint.route("/members/<code>/drawer/<name>")
def drawer(code: str, name: str) -> str:
    """One sealed part, opened: alone for the page that asks for it, else the page with it open."""
    if name not in DRAWERS:
        raise NotFound()
    member = get_member(g.viewer, code)
    if request.headers.get("HX-Request"):
        return render(f"members/person/_drawer_{name}.html", member=member, **_inside(member, name))
    return _page(member, "closed", name)


def _page(member: Member, part: str, opened: str | None = None) -> str:
    viewer = g.viewer
    inside = _inside(member, opened) if opened else {}
    # All of the services stand in the whole, so the newest of them needn't.
    shown = {"now": ("first", "now"), "all": ("first", *list(PARTS)[1:])}.get(part, (part,))
    return render(
        "members/person/member.html",
        member=member,
        name=name_of(member, viewer),
        part=part,
        parts=PARTS,
        shown=shown,
        families=families_of(viewer, member) if "family" in shown else (),
        companions=[companion for companion in companions(viewer, member.id) if companion.is_current],
        speaks=languages_of(member),
        status=status_of(member),
        may_now=first_answers(ways_to(member)),
        consent=consent_of(member.id, CONSENT_PURPOSE),
        opened=opened,
        **inside,
    )


def _inside(member: Member, name: str) -> dict[str, object]:
    """What lies in a drawer. Reading it is noted by the field itself."""
    if name == "looked":
        return {"looked": readers(g.viewer, member)}
    if name == "contact":
        return {"ways": shown_ways(ways_to(member)), "address": member.address}
    if name == "plan":
        return {"held": plan_of(member)}
    if name == "story":
        return _story(member)
    return _identity(member)


def _identity(member: Member) -> dict[str, object]:
    held = details_of(member)
    detail = held.detail
    return {
        "legal_name": member.legal_name,
        "birth_date": member.birth_date,
        "born_precision": detail.born_precision if detail else None,
        "alias": member.alias,
        "other_names": [row.name for row in held.names],
        "a_numbers": [shown_a_number(row.number or "") for row in held.a_numbers],
        "nationalities": [member.nationality, *held.nationalities] if member.nationality else held.nationalities,
        "municipality": detail.municipality if detail and sees_municipality(g.viewer) else None,
    }


def _story(member: Member) -> dict[str, object]:
    return {
        "persecutors": persecutors_of(g.viewer, member.id),
        "harms": harms_of(member),
        "arrival": arrival_of(member),
    }
