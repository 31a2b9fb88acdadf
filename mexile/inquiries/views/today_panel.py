"""What Today shows of this house: whom I owe an answer."""

from __future__ import annotations

from typing import Any

from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.inquiries.queries.waiting import answers_due
from mexile.web.page import panel


@panel("today", "inquiries/_today.html", order=20)
def owed(viewer: Viewer) -> dict[str, Any] | None:
    """Those who wait for an answer of mine, from the day on which it is due; who is in danger right now, always."""
    lines = answers_due(viewer, organization.today())
    return {"lines": lines} if lines else None
