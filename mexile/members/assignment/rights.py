"""Need-to-know: which members a viewer may know of. Every house sees people through this WHERE.

``visible`` is the one place where it is made, a clause for each kind of rights. A house asks it of ``Member`` or of
a column that holds a member's id, ``visible(viewer, Document.member_id)``; a statement that is made once for each
kind of rights gives the kind in the place of the viewer, and takes ``rights_values(viewer)`` at each request.
"""

from dataclasses import dataclass
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

ALL, SOME, LASTING, WALKED, NONE = "all", "some", "lasting", "walked", "none"
"""The kinds of rights: everybody; whom one is assigned to and whom an emergency opened; the former alone; the people
of dates one said yes to; nobody."""


@dataclass(frozen=True)
class Asking:
    """Who asks, and when: what the clauses compare with. In a statement that is made once they are parameters."""

    rights: str
    user_id: Any
    moment: Any
    today: Any
    month: Any

    @property
    def sees_all(self) -> bool:
        return self.rights == ALL

    @property
    def works(self) -> bool:
        """Somebody who writes about members, with or without what an emergency opened."""
        return self.rights in (ALL, SOME, LASTING)


def visible(asker: Viewer | str | Asking, member_id: Any = Member.id) -> ColumnElement[bool]:
    """The WHERE on ``Member``, or on another column with a member's id: everybody for attorney and director; for
    caseworker and intake the people they are assigned to at this moment, and whom an emergency opened to them; for
    a volunteer the people of the dates she said yes to, until their time is over; nobody for everyone else.

    Several roles add up. It is computed at each request, so a release ends access at the next one.
    A record that was merged into another or removed at the person's request exists for nobody, nor does
    a row of nobody.
    """
    asking = asking_of(asker)
    if asking.rights == NONE:
        return false()
    if asking.sees_all:
        return stands(member_id)
    return and_(member_id.in_(_known_ids(asking)), stands(member_id))


def lastingly_visible(viewer: Viewer, member_id: Any = Member.id) -> ColumnElement[bool]:
    """``visible`` without what an emergency opened: the WHERE of everything that leaves the house,
    and of what would make the hour last."""
    return visible(asking_of(viewer, lastingly=True), member_id)


def asking_of(asker: Viewer | str | Asking, lastingly: bool = False) -> Asking:
    """What the clauses of the houses compare with: values for a viewer, parameters for a kind of rights."""
    if isinstance(asker, Asking):
        return asker
    if isinstance(asker, str):
        return Asking(asker, *_PARAMETERS)
    return Asking(rights_of(asker, lastingly), *rights_values(asker).values())


def rights_of(viewer: Viewer, lastingly: bool = False) -> str:
    """The kind of the viewer's rights, the key of a statement that is made once; ``lastingly``, without what an
    emergency opened, and nobody for a volunteer."""
    if viewer.sees_all_members:
        return ALL
    if viewer.sees_first_names_only:
        return NONE if lastingly else WALKED
    if viewer.sees_members:
        return LASTING if lastingly else SOME
    return NONE


def rights_values(viewer: Viewer, **more: Any) -> dict[str, Any]:
    """The values of the parameters of a statement that is made once, for this request; ``more``, those that the
    statement has beside the rights."""
    today, month = walking_days()
    return {"user_id": viewer.user_id, "moment": clock.now(), "walk_today": today, "walk_month": month, **more}


def rows_of_member(member_id: Any, rights: str) -> ColumnElement[bool]:
    """The WHERE, in a statement that is made once, on the rows of one member whom the viewer may know of: its
    parameters are ``rights_values(viewer, member_id=...)``."""
    return and_(member_id == bindparam("member_id"), visible(rights, member_id))


_PARAMETERS: tuple[Any, ...] = (
    bindparam("user_id"),
    bindparam("moment", type_=Moment()),
    bindparam("walk_today", type_=Date()),
    bindparam("walk_month", type_=Date()),
)
"""In the order of ``rights_values``."""


def walking_days() -> tuple[date, date]:
    """Today on the border, which costs no query, and the first day of its month."""
    today = clock.today()
    return today, today.replace(day=1)


_GONE = gone_ids()


def stands(member_id: Any) -> ColumnElement[bool]:
    """The WHERE on a member's id that is there, of a record neither merged into another nor removed."""
    stays: ColumnElement[bool] = member_id.not_in(_GONE)
    return and_(member_id.is_not(None), stays) if member_id.expression.nullable else stays


STANDS = stands(Member.id)
"""The WHERE on ``Member`` for records that were neither merged into another nor removed."""


def _known_ids(asking: Asking) -> Select[int] | CompoundSelect[int]:
    """Whom somebody knows who doesn't see everybody, as a subquery of ids."""
    if asking.rights == WALKED:
        return walked_ids(asking.user_id, asking.today, asking.month)
    assigned = assigned_ids(asking.user_id, asking.moment)
    return assigned if asking.rights == LASTING else union_all(assigned, _opened_ids(asking))


def assigned_ids(user_id: Any, now: Any = None) -> Select[int]:
    """The members whom this person walks with now, as a subquery of ids."""
    return select(Assignment.member_id).where(Assignment.user_id == user_id, assignment_stands(now))


def assignment_stands(now: Any = None) -> ColumnElement[bool]:
    """The WHERE on ``Assignment`` for those by which somebody walks with a member now."""
    return or_(Assignment.to_at.is_(None), Assignment.to_at > (clock.now() if now is None else now))


def _opened_ids(asking: Asking) -> Select[int]:
    """The members whom an emergency opened to this person and who are open still."""
    return select(EmergencyAccess.member_id).where(
        EmergencyAccess.user_id == asking.user_id, emergency_stands(asking.moment)
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
