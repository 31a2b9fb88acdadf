"""Who is assigned to whom: assigning somebody, and releasing somebody with a reason."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, Select, cast, null, select

from mexile.access.account.queries import with_roles
from mexile.access.holding.kinds import register_holding
from mexile.access.policy import WORKS
from mexile.access.roles import SEES_ALL_MEMBERS
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.rights import STANDS
from mexile.members.person.models import Member
from mexile.members.person.queries import get_lasting_member, get_member, member_code_of

name_act("member.assign", "Assigned somebody to a member", "Asignó a alguien del equipo")
name_act("member.release", "Released somebody from a member", "Terminó una asignación")


def assign_member(*, viewer: Viewer, code: str, user_id: int, reason: str) -> Assignment:
    """Somebody of the staff is assigned to the member from now on, and may see what the role allows.

    Raises Invalid when that person has no role that meets members or is assigned to the member already,
    NotHere for whom the member is open in an emergency only: an hour must not be made to last.
    """
    member = get_lasting_member(viewer, code)
    if user_id not in {id for id, _ in with_roles(*WORKS)}:
        raise Invalid(
            Problem(
                "user_id",
                "Choose somebody of the team who works with members.",
                "Elija a alguien del equipo que trabaje con integrantes.",
            )
        )
    if open_assignment(member.id, user_id):
        raise Invalid(
            Problem(
                "user_id",
                "This person walks with the member already.",
                "Esta persona ya acompaña.",
            )
        )
    assignment = Assignment(member_id=member.id, user_id=user_id, from_at=clock.now(), reason_from=reason)
    db.session.add(assignment)
    db.session.flush()
    trail.record("member.assign", code, user=user_id, reason=reason)
    return assignment


def release_member(*, viewer: Viewer, code: str, assignment_id: int, reason: str) -> Assignment:
    """The assignment ends at this moment: at the next request the member no longer exists for that person."""
    member = get_member(viewer, code)
    held = db.session.get(Assignment, assignment_id)
    if held is None or held.member_id != member.id:
        raise NotHere(code)
    now = clock.now()
    if held.to_at is not None and held.to_at <= now:
        raise Conflict(Problem("", "This was ended already.", "Esto ya había terminado."))
    held.to_at, held.reason_to = now, reason
    db.session.flush()
    trail.record("member.release", code, user=held.user_id, reason=reason)
    return held


def stand_in(*, viewer: Viewer, member_ids: Sequence[int], user_id: int) -> None:
    """Who takes over what is about these members is assigned to them from now on, if she doesn't know them already."""
    if user_id in {id for id, _ in with_roles(*SEES_ALL_MEMBERS)}:
        return
    for member_id in member_ids:
        if open_assignment(member_id, user_id) is None:
            now = clock.now()
            db.session.add(Assignment(member_id=member_id, user_id=user_id, from_at=now, reason_from="cover"))
            db.session.flush()
            trail.record("member.assign", member_code_of(member_id), user=user_id, reason="cover")


def held_members() -> Select[int, str, date]:
    """Who is assigned to whom now, of those who work here."""
    return (
        select(Assignment.user_id, Member.code, cast(null(), Date).label("on"))
        .join(Member, Member.id == Assignment.member_id)
        .where(Assignment.to_at.is_(None), STANDS)
    )


def take_member(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    """The taker is assigned to the member in the holder's place."""
    member_id = db.session.scalars(select(Member.id).where(Member.code == code)).one()
    held = open_assignment(member_id, holder)
    if held is None:
        return False
    stand_in(viewer=viewer, member_ids=[member_id], user_id=taker)
    held.to_at, held.reason_to = clock.now(), "handed_on"
    db.session.flush()
    trail.record("member.release", code, user=holder, reason="handed_on")
    return True


register_holding("member", WORKS, held_members, take_member)


def open_assignment(member_id: int, user_id: int) -> Assignment | None:
    """The assignment of this person beside this member that stands, if one does."""
    return db.session.scalar(
        select(Assignment).where(
            Assignment.member_id == member_id, Assignment.user_id == user_id, Assignment.to_at.is_(None)
        )
    )
