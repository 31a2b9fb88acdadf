"""One member's page and its drawers."""

from __future__ import annotations

from flask import g, request, url_for
from werkzeug.exceptions import NotFound

from mexile.members.models.member import Member
from mexile.members.queries.family import families_of
from mexile.members.queries.member import closure_of, companions, consent_of, get_member
from mexile.members.queries.names import name_of
from mexile.members.queries.readers import readers
from mexile.members.rules.person import CONSENT_PURPOSE, shown_phone
from mexile.members.views import blueprint
from mexile.web.page import render

DRAWERS = ("identity", "contact", "looked")


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
        return render(f"members/_drawer_{name}.html", member=found, **_inside(found, name))
    return _page(found, name)


def _page(found: Member, opened: str | None) -> str:
    viewer = g.viewer
    parts = _inside(found, opened) if opened else {}
    return render(
        "members/member.html",
        member=found,
        name=name_of(found, viewer),
        families=[] if viewer.sees_first_names_only else families_of(viewer, found),
        companions=[one for one in companions(viewer, found.id) if one.is_current],
        closure=closure_of(found.id),
        consent=consent_of(found.id, CONSENT_PURPOSE),
        opened=opened,
        **parts,
    )


def _inside(found: Member, name: str) -> dict[str, object]:
    """What lies in a drawer. Reading it is noted by the field itself."""
    if name == "looked":
        return {"looked": readers(g.viewer, found)}
    if name == "identity":
        return {"legal_name": found.legal_name, "birth_date": found.birth_date, "alias": found.alias}
    phone = found.phone
    return {
        "phone": shown_phone(phone) if phone else None,
        "email": found.email,
        "address": found.address,
    }


def page_of(code: str) -> str:
    return url_for("members.member", code=code)
