"""Writing a supervision down, and its end."""

from __future__ import annotations

from datetime import date

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.custody.bond.actions import refuse
from mexile.custody.supervision.models import Supervision
from mexile.custody.supervision.rules import supervision_problems
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("supervision.start", "Recorded a supervision", "Registró una supervisión")
name_act("supervision.end", "Ended a supervision", "Terminó una supervisión")


def start_supervision(
    *, viewer: Viewer, code: str, kind: str, every: str, monitor: str, from_on: date | None, to_on: date | None = None
) -> Supervision:
    """A member reports to an office from a day on."""
    member = get_member(viewer, code)
    refuse(supervision_problems(from_on, to_on))
    supervision = Supervision(
        member_id=member.id, kind=kind, every=every, monitor=monitor, from_on=from_on, to_on=to_on
    )
    db.session.add(supervision)
    db.session.flush()
    trail.record("supervision.start", member.code, kind=kind, monitor=monitor)
    return supervision


def end_supervision(*, viewer: Viewer, code: str, id: int, on: date | None) -> Supervision:
    """It is over since a day."""
    member: Member = get_member(viewer, code)
    held = db.session.get(Supervision, id)
    if held is None or held.member_id != member.id:
        raise NotHere(code)
    if held.to_on is not None:
        raise Conflict(Problem("", "This ended already.", "Esto ya había terminado."))
    if on is None:
        raise Invalid(Problem("to_on", "Say on which day.", "Diga en qué día."))
    refuse(supervision_problems(held.from_on, on))
    held.to_on = on
    db.session.flush()
    trail.record("supervision.end", member.code)
    return held
