"""The roster."""

from __future__ import annotations

from datetime import timedelta

from flask import g

from mexile.accompaniment.blueprint import blueprint
from mexile.accompaniment.roster.queries import roster as read_roster
from mexile.ground import organization
from mexile.web.page import render


@blueprint.route("/roster")
def roster() -> str:
    """What is missing by tomorrow is said first; below it the next two weeks."""
    today = organization.today()
    rows = read_roster(g.viewer, today)
    soon = [row for row in rows if row.has_gap and row.line.on and row.line.on <= today + timedelta(days=1)]
    return render("accompaniment/roster/roster.html", rows=rows, soon=len(soon))
