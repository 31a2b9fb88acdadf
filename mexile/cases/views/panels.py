"""What the page of a member shows of this house: the cases and the dates ahead."""

from __future__ import annotations

from typing import Any

from mexile.access.viewer import Viewer
from mexile.cases.queries.cases import cases_of
from mexile.members.models.member import Member
from mexile.web.page import panel


@panel("member", "cases/_member_cases.html", order=30)
def member_cases(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The cases in which the member stands. A volunteer sees no case."""
    if viewer.sees_first_names_only:
        return None
    return {"cases": cases_of(viewer, member.id), "code": member.code}
