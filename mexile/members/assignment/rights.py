"""Need-to-know: which members a viewer may know of. Every house sees people through this WHERE."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Date, Select, and_, bindparam, false, or_, select, union_all

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.db import Moment
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.queries import walked_ids
from mexile.members.emergency.models import EmergencyAccess
from mexile.members.person.models import Member
from mexile.members.removal.rights import gone_ids


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``Member``: everybody for attorney and director; for caseworker and intake the
    people they are assigned to at this moment, and whom an emergency opened to them; for a volunteer
    the people of the dates she said yes to, until their time is over; nobody for everyone else.

    Several roles add up. It is computed at each request, so a release ends access at the next one.
    A record that was merged into another or removed at the person's request exists for nobody.
    """
    if viewer.sees_all_members:
        return STANDS
    if viewer.sees_first_names_only:
        return and_(Member.id.in_(walked_ids(viewer.user_id, *walking_days())), STANDS)
    if viewer.sees_members:
        return and_(Member.id.in_(open_ids(viewer.user_id)), STANDS)
    return false()


def walking_days() -> tuple[date, date]:
    """Today on the border, which costs no query, and the first day of its month."""
    today = clock.today()
    return today, today.replace(day=1)


def rights_of(viewer: Viewer, lastingly: bool = False) -> str:
    """Which kind of rights: "all", "some", "walked" or "none"; ``lastingly``, "lasting" in the place of
    "some" and "none" in that of "walked". The key of a statement that is made once."""
    if viewer.sees_all_members:
        return "all"
    if viewer.sees_first_names_only:
        return "none" if lastingly else "walked"
    if viewer.sees_members:
        return "lasting" if lastingly else "some"
    return "none"


def visible_by(rights: str) -> ColumnElement[bool]:
    """``visible``, or ``lastingly_visible``, for a statement that is made once for each kind of rights;
    its parameters are ``rights_values(viewer)``, new at each request."""
    if rights == "all":
        return STANDS
    if rights == "walked":
        ids = walked_ids(
            bindparam("user_id"), bindparam("walk_today", type_=Date()), bindparam("walk_month", type_=Date())
        )
        return and_(Member.id.in_(ids), STANDS)
    if rights in ("some", "lasting"):
        known = open_ids if rights == "some" else assigned_ids
        return and_(Member.id.in_(known(bindparam("user_id"), bindparam("moment", type_=Moment()))), STANDS)
    return false()


def rights_values(viewer: Viewer) -> dict[str, Any]:
    """The values of the parameters of ``visible_by``, for this request."""
    today, month = walking_days()
    return {"user_id": viewer.user_id, "moment": clock.now(), "walk_today": today, "walk_month": month}


def lastingly_visible(viewer: Viewer) -> ColumnElement[bool]:
    """``visible`` without what an emergency opened: the WHERE of everything that leaves the house,
    and of what would make the hour last."""
    if viewer.sees_all_members:
        return STANDS
    if viewer.sees_members and not viewer.sees_first_names_only:
        return and_(Member.id.in_(assigned_ids(viewer.user_id)), STANDS)
    return false()


STANDS = Member.id.not_in(gone_ids())
"""The WHERE on ``Member`` for records that were neither merged into another nor removed."""


def open_ids(user_id: Any, now: Any = None) -> CompoundSelect[int]:
    """The members whom this person walks with now, and those whom an emergency opened to her, as a
    subquery of ids. Both may be bind parameters, for a statement that is made once."""
    moment = clock.now() if now is None else now
    return union_all(assigned_ids(user_id, moment), opened_ids(user_id, moment))


def assigned_ids(user_id: Any, now: Any = None) -> Select[int]:
    """The members whom this person walks with now, as a subquery of ids."""
    return select(Assignment.member_id).where(
        Assignment.user_id == user_id,
        or_(Assignment.to_at.is_(None), Assignment.to_at > (clock.now() if now is None else now)),
    )


def opened_ids(user_id: Any, now: Any = None) -> Select[int]:
    """The members whom an emergency opened to this person and who are open still."""
    return select(EmergencyAccess.member_id).where(
        EmergencyAccess.user_id == user_id, emergency_stands(clock.now() if now is None else now)
    )


def emergency_stands(now: Any, since: Any = None) -> ColumnElement[bool]:
    """The WHERE on ``EmergencyAccess`` for those that are open at this moment, or were at some moment since
    ``since``. One of a moment that lies ahead is closed: the clock was set back, and its hour may be long over."""
    return and_(
        EmergencyAccess.waits == 0,
        EmergencyAccess.at <= now,
        EmergencyAccess.until_at > (now if since is None else since),
        EmergencyAccess.ended_at.is_(None),
    )


register_scope("member", visible)
