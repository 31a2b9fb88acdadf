"""What the page of a member shows of this house: the next date, and the services as a path."""

from __future__ import annotations

from typing import Any

from mexile.access.viewer import Viewer
from mexile.cases.queries.events import next_of_member
from mexile.ground.organization import today
from mexile.members.models.member import Member
from mexile.services.queries.listing import services_of_member
from mexile.web.page import panel

STEPS = 12


@panel("member_first", "services/_member_next.html")
def next_date(viewer: Viewer, member: Member) -> dict[str, Any]:
    """The next open event of the member; said too when there is none."""
    return {"event": next_of_member(viewer, member.id, today()), "code": member.code}


@panel("member", "services/_member_path.html", order=20)
def path(viewer: Viewer, member: Member) -> dict[str, Any]:
    """The last services, newest first; the second line runs where somebody was there in person."""
    lines = services_of_member(viewer, member.id, STEPS + 1)
    return {"lines": lines[:STEPS], "has_more": len(lines) > STEPS, "code": member.code}
