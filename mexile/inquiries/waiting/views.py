"""The list of those who wait for an answer, and of inquiries that are over.

What Today shows of this house: whom I owe an answer.
"""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from mexile.access.viewer import Viewer
from mexile.ground import organization, places
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.waiting.queries import MOST, InquiryLine, answers_due, over, waiting
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.app_template_filter("from_where")
def from_where(line: InquiryLine) -> str:
    """The state in Mexico, or the country."""
    if line.mx_state:
        return vocabulary("mx_state").label(line.mx_state, lang())
    return places.country_name(line.country, lang()) if line.country else ""


@blueprint.route("/inquiries")
def inquiries() -> str:
    """Who waits for an answer, worst first; or, asked for, those that are over, fifty at a time."""
    today = organization.today()
    mine = request.args.get("mine") == "1"
    if request.args.get("show") != "over":
        lines = waiting(g.viewer, today, mine=mine)
        return render("inquiries/waiting/inquiries.html", lines=lines, mine=mine, is_full=len(lines) == MOST)
    lines, further = over(g.viewer, today, number_sent(request.args.get("before")))
    next_url = url_for("inquiries.inquiries", show="over", before=further) if further else None
    return render("inquiries/waiting/over.html", lines=lines, next_url=next_url)


def owed(viewer: Viewer) -> dict[str, Any] | None:
    """Those who wait for an answer of mine, from the day on which it is due; who is in danger right now, always."""
    lines = answers_due(viewer, organization.today())
    return {"lines": lines} if lines else None
