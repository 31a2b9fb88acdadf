"""The trail, as its readers see it, and the alarms of the installation for those who can mend it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from mexile.access.blueprint import blueprint
from mexile.access.policy import ADMINISTRATOR, AUDITOR, DIRECTOR
from mexile.access.trail.queries import PAGE, lines
from mexile.access.viewer import Viewer
from mexile.ground import belonging
from mexile.ground import trail as chain
from mexile.ground.text import number_sent
from mexile.ground.trail import cut_problem
from mexile.web.page import render


@blueprint.route("/trail")
def trail() -> str:
    asked = {name: request.args.get(name, "").strip() for name in ("act", "subject", "who")}
    before = request.args.get("before", "")
    rows = lines(g.viewer, before=number_sent(before), **asked)
    more = len(rows) == PAGE
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    following = url_for("access.trail", before=rows[-1].seq, **kept) if more else None
    return render("access/trail/trail.html", lines=rows, asked=asked, next_url=following, head=chain.head())


def alarm(viewer: Viewer) -> dict[str, Any] | None:
    """What they must hear of: keys that don't open, a trail whose end is gone."""
    if not viewer.is_any(DIRECTOR, ADMINISTRATOR, AUDITOR):
        return None
    problems = [belonging.cannot_open(unopened)] if (unopened := belonging.unopened()) else []
    if gone := chain.cut():
        problems.append(cut_problem(gone))
    return {"problems": problems} if problems else None
