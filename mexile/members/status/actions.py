"""Pausing the work with a member, and going on."""

from datetime import date

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.person.queries import get_member
from mexile.members.status.models import MemberPause, MemberResumption
from mexile.members.status.queries import pause_of, status_of

name_act("member.pause", "Paused a member", "Puso en pausa a una persona")
name_act("member.resume", "Resumed with a member", "Retomó el acompañamiento")


def pause_member(*, viewer: Viewer, code: str, reason: str, until_on: date | None = None) -> MemberPause:
    """We wait with this person from now on. Raises Conflict where the record is closed, paused or removed,
    Invalid for a day that is over."""
    member = get_member(viewer, code)
    status = status_of(member)
    if not status.may_become("paused"):
        raise Conflict(
            Problem("", "Only an open record can be paused.", "Solo un registro abierto se puede poner en pausa.")
        )
    if until_on and until_on <= organization.today():
        raise Invalid(Problem("until_on", "This day is over already.", "Ese día ya pasó."))
    pause = MemberPause(
        member_id=member.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason, until_on=until_on
    )
    db.session.add(pause)
    db.session.flush()
    trail.record("member.pause", code, reason=reason)
    return pause


def resume_member(*, viewer: Viewer, code: str) -> None:
    """It goes on with this person."""
    member = get_member(viewer, code)
    if not end_pause(viewer, member.id):
        raise Conflict(Problem("", "This record is not paused.", "Este registro no está en pausa."))
    trail.record("member.resume", code)


def end_pause(viewer: Viewer, member_id: int) -> bool:
    """End the pause that stands, if there is one: also when a record is closed."""
    held = pause_of(member_id)
    if held is None:
        return False
    db.session.add(MemberResumption(pause_id=held.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    return True
