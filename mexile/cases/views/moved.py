"""On the page of a household: a move starts deadlines, for each person of it."""

from __future__ import annotations

from typing import Any

from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.web.page import panel

TRIGGER = "move_date"


@panel("household", "cases/_household_moved.html", order=60)
def moved(viewer: Viewer, household: Any, member: Any) -> dict[str, Any] | None:
    """The way to the deadlines of a change of address, for everybody of the household at once."""
    return {"code": member.code, "trigger": TRIGGER} if viewer.is_any(*WORKS) else None
