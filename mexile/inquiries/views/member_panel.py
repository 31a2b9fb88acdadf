"""What the page of a member shows of this house: how they came to us, and the way to the conflict check."""

from __future__ import annotations

from typing import Any

from mexile.access.viewer import Viewer
from mexile.inquiries.queries.beginning import beginning_of
from mexile.inquiries.queries.waiting import known_to
from mexile.members.models.member import Member
from mexile.web.page import panel


@panel("member", "inquiries/_member_beginning.html", order=90)
def member_beginning(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The days of the first question and the first conversation, for whoever answers inquiries."""
    return {"beginning": beginning_of(viewer, member.id)} if known_to(viewer) else None
