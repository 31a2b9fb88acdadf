"""The docket, the calendar file and the deadlines on a member's page."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from mexile.access.policy import ATTORNEY, DIRECTOR, WORKS
from mexile.access.queries.people import with_roles
from mexile.access.viewer import Viewer
from mexile.cases.blueprint import blueprint
from mexile.cases.queries.cover import without_attorney
from mexile.cases.queries.deadlines import deadlines_of
from mexile.cases.queries.docket import docket_of
from mexile.cases.queries.recompute import moved
from mexile.ground import clock, organization, trail
from mexile.ground.text import number_sent
from mexile.web.form import Form
from mexile.web.page import door, panel, render
from mexile.web.save import save

door(_("Docket"), "cases.docket", 15)


@blueprint.route("/docket")
def docket() -> str:
    """Every date of law of two weeks. `of`: of one who answers; `names=no`: codes instead of names."""
    team = with_roles(*WORKS)
    wanted = request.args.get("of", "")
    owner = next((id for id, _name in team if str(id) == wanted), None)
    moment, today = clock.now(), organization.today()
    triggers, clocks = moved(g.viewer) if g.viewer.is_any(ATTORNEY, DIRECTOR) else (0, 0)
    return render(
        "cases/docket.html",
        docket=docket_of(g.viewer, moment, today, owner),
        moment=moment,
        team=team,
        moved=triggers,
        clocks=clocks,
        of=owner,
        names=request.args.get("names") != "no",
    )


@blueprint.route("/docket/print", methods=["POST"])
def docket_print() -> ResponseReturnValue:
    """The docket for paper: codes instead of names. It leaves the house, so the trail notes it."""
    url = url_for("cases.docket", of=number_sent(request.form.get("of")), names="no")
    return save(Form(), lambda: trail.record("deadline.print", g.viewer.code), url)


@panel("today_first", "cases/_needs_attorney.html", order=8)
def needs_attorney(viewer: Viewer) -> dict[str, Any] | None:
    """The director is told of fatal days for which no attorney is left."""
    found = without_attorney(viewer)
    return {"lines": found, "today": organization.today()} if found else None


@panel("member_first", "cases/_member_deadlines.html", order=60)
def member_deadlines(viewer: Viewer, member: Any) -> dict[str, Any] | None:
    """A member's open deadlines, for those who work with them."""
    if not viewer.is_any(*WORKS):
        return None
    return {"lines": deadlines_of(viewer, member.id), "member": member, "today": organization.today()}
