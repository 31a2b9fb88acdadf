"""Need-to-know: which members a viewer may know of. Every house sees people through this WHERE."""

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.members.models.assignment import Assignment
from mexile.members.models.member import Member

SEES_ALL = frozenset({"attorney", "director"})
SEES_ASSIGNED = frozenset({"caseworker", "intake", "volunteer"})


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``Member``: everybody for attorney and director; for caseworker, intake and volunteer the
    people they are assigned to at this moment; nobody for administrator, development and auditor.

    Several roles add up. It is computed at each request, so a release ends access at the next one.
    """
    if viewer.roles & SEES_ALL:
        return true()
    if viewer.roles & SEES_ASSIGNED:
        return Member.id.in_(assigned_ids(viewer.user_id))
    return false()


def assigned_ids(user_id: int) -> Select[tuple[int]]:
    """The members whom this person walks with now, as a subquery of ids."""
    return select(Assignment.member_id).where(
        Assignment.user_id == user_id,
        or_(Assignment.to_at.is_(None), Assignment.to_at > clock.now()),
    )


def first_name_only(viewer: Viewer) -> bool:
    """A volunteer who has no other role meets people by their first name."""
    return not viewer.roles & (SEES_ALL | {"caseworker", "intake"})
