"""The means to live until the permit: per household, and the list of those without."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.members.blueprint import blueprint
from mexile.members.family.queries import Family
from mexile.members.household.queries import households_of
from mexile.members.means.actions import end_promise, promise_support, tell_means
from mexile.members.means.forms import MeansForm, PromiseForm
from mexile.members.means.queries import SeenMeans, means_of, told_by_visible, without_means
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

SAID = ("host_kind", "roof_until", "eaters", "permit_on", "permit_source")


@blueprint.route("/members/<code>/means", methods=["GET", "POST"])
def means(code: str) -> ResponseReturnValue:
    """What the household lives on. The form begins with what was told before; weeks are asked anew."""
    member = get_member(g.viewer, code)
    seen = _seen(member)
    form = MeansForm(data={"asked_on": organization.today(), **_said(seen)})
    if request.method == "GET":
        return _page(member, seen, form, None)
    return save(
        form,
        lambda: tell_means(viewer=g.viewer, code=code, values=form.values()),
        url_for("members.means", code=code),
        lambda: _page(member, seen, form, None),
    )


@blueprint.route("/members/<code>/means/promises", methods=["POST"])
def promise(code: str) -> ResponseReturnValue:
    form, member = PromiseForm(), get_member(g.viewer, code)
    return save(
        form,
        lambda: promise_support(viewer=g.viewer, code=code, values=form.values()),
        url_for("members.means", code=code),
        lambda: _page(member, _seen(member), None, form),
    )


@blueprint.route("/members/<code>/promises/<int:id>/end", methods=["POST"])
def promise_end(code: str, id: int) -> ResponseReturnValue:
    url = url_for("members.means", code=code)
    return save(Form(), lambda: end_promise(viewer=g.viewer, code=code, promise_id=id), url)


@blueprint.route("/members/without-means")
def without() -> str:
    """Households that can't live until somebody may work, worst first."""
    lines, unasked = without_means(g.viewer)
    return render("members/means/without.html", lines=lines, unasked=unasked)


def _seen(member: Member) -> SeenMeans | None:
    held = households_of(g.viewer, member.id)
    return means_of(g.viewer, held[0].id) if held else None


def _said(seen: SeenMeans | None) -> dict[str, Any]:
    if seen is None or seen.means is None:
        return {}
    return {name: getattr(seen.means, name) or "" for name in SAID if getattr(seen.means, name)}


def _page(member: Member, seen: SeenMeans | None, form: MeansForm | None, promising: PromiseForm | None) -> str:
    if form is None:
        # The other form of the page was sent: this one must not read what was typed there.
        form = MeansForm(_nothing(), data={"asked_on": organization.today(), **_said(seen)})
    return render(
        "members/means/means.html",
        member=member,
        name=name_of(member, g.viewer),
        seen=seen,
        form=form,
        promising=promising or PromiseForm(_nothing(), data={"from_on": organization.today()}),
        mine=_openable(seen),
    )


def _nothing() -> MultiDict:
    return MultiDict()


def _openable(seen: SeenMeans | None) -> set[int]:
    """Whose words may be opened: those of members whom the viewer may know of."""
    if seen is None:
        return set()
    told = [promise.member_id for promise in seen.promises] + ([seen.means.member_id] if seen.means else [])
    return told_by_visible(g.viewer, told) if told else set()


def means_now(viewer: Viewer, household: Family, member: Member) -> dict[str, object] | None:
    """On the page of a household: the gap in a sentence, and where to write more."""
    held = households_of(viewer, member.id)
    home = next((house for house in held if house.code == household.code), None)
    return {"seen": means_of(viewer, home.id), "code": member.code} if home else None
