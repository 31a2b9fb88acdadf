"""The alarms of the installation itself, for those who can mend it."""

from __future__ import annotations

from typing import Any

from mexile.access.policy import ADMINISTRATOR, AUDITOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground import belonging, trail
from mexile.ground.trail import cut_problem
from mexile.web.page import panel


@panel("today_first", "access/_alarm.html", order=1)
@panel("people", "access/_alarm.html")
def alarm(viewer: Viewer) -> dict[str, Any] | None:
    """What they must hear of: keys that don't open, a trail whose end is gone."""
    if not viewer.is_any(DIRECTOR, ADMINISTRATOR, AUDITOR):
        return None
    problems = [belonging.cannot_open(unopened)] if (unopened := belonging.unopened()) else []
    if gone := trail.cut():
        problems.append(cut_problem(gone))
    return {"problems": problems} if problems else None
