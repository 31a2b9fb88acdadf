"""One member's page and its drawers."""

from __future__ import annotations

from flask import g, request
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

DRAWERS = ("identity", "contact", "story", "plan", "looked")


@blueprint.route("/members/<code>")
def member(code: str) -> str:
    """What the eye needs first; everything sealed stays closed until somebody opens it."""
    return _page(get_member(g.viewer, code), None)


@blueprint.route("/members/<code>/drawer/<name>")
def drawer(code: str, name: str) -> str:
    """One sealed part, opened: alone for the page that asks for it, else the page with it open."""
    if name not in DRAWERS:
        raise NotFound()
    found = get_member(g.viewer, code)
    if request.headers.get("HX-Request"):
        return render(f"members/person/_drawer_{name}.html", member=found, **_inside(found, name))
    return _page(found, name)


def _page(found: Member, opened: str | None) -> str:
    viewer = g.viewer
    parts = _inside(found, opened) if opened else {}
    return render(
        "members/person/member.html",
        member=found,
        name=name_of(found, viewer),
        families=families_of(viewer, found),
        companions=[one for one in companions(viewer, found.id) if one.is_current],
        speaks=languages_of(found),
        status=status_of(found),
        may_now=first_answers(ways_to(found)),
        consent=consent_of(found.id, CONSENT_PURPOSE),
        opened=opened,
        **parts,
    )


def _inside(found: Member, name: str) -> dict[str, object]:
    """What lies in a drawer. Reading it is noted by the field itself."""
    if name == "looked":
        return {"looked": readers(g.viewer, found)}
    if name == "contact":
        return {"ways": shown_ways(ways_to(found)), "address": found.address}
    if name == "plan":
        return {"held": plan_of(found)}
    if name == "story":
        return _story(found)
    return _identity(found)


def _identity(found: Member) -> dict[str, object]:
    held = details_of(found)
    detail = held.detail
    return {
        "legal_name": found.legal_name,
        "birth_date": found.birth_date,
        "born_precision": detail.born_precision if detail else None,
        "alias": found.alias,
        "other_names": [row.name for row in held.names],
        "a_numbers": [shown_a_number(row.number or "") for row in held.a_numbers],
        "nationalities": [found.nationality, *held.nationalities] if found.nationality else held.nationalities,
        "municipality": detail.municipality if detail and sees_municipality(g.viewer) else None,
    }


def _story(found: Member) -> dict[str, object]:
    return {
        "persecutors": persecutors_of(g.viewer, found.id),
        "harms": harms_of(found),
        "arrival": arrival_of(found),
    }
