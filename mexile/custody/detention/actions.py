"""Custody: it begins, the place changes, it ends, or it was a mistake."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.place.models import Place
from mexile.custody.detention.models import (
    ENDS,
    HELD_BY,
    SENT_BACK,
    Detention,
    DetentionEnd,
    DetentionStay,
    DetentionVoid,
)
from mexile.custody.detention.queries import end_of, next_detention_code, open_detention
from mexile.custody.detention.rules import end_problems, start_problems, transfer_problems
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.family.actions import follow_custody
from mexile.members.person.models import Member

name_act("detention.start", "Recorded a detention", "Registró una detención")
name_act("detention.place", "Recorded the place of a detention", "Registró el lugar de una detención")
name_act("detention.transfer", "Recorded a transfer", "Registró un traslado")
name_act("detention.end", "Recorded the end of a detention", "Registró el fin de una detención")
name_act("detention.void", "Cancelled a detention", "Anuló una detención")


HELD = Problem(
    "",
    "A detention of this person goes on already. End it, or write a transfer.",
    "Ya hay una detención en curso. Termínela o anote un traslado.",
)


def start_detention(
    *,
    viewer: Viewer,
    member: Member,
    from_on: date | None,
    held_by: str = "unknown",
    place_id: int | None = None,
    note: str | None = None,
    alert_id: int | None = None,
) -> Detention:
    """The member is in custody from a day on. Raises Invalid for a day that can't be, Conflict when she is already."""
    problems = start_problems(from_on, organization.today())
    if held_by not in HELD_BY:
        problems.append(Problem("held_by", "Choose who holds the person.", "Elija quién tiene a la persona."))
    if problems or from_on is None:
        raise Invalid(problems)
    if open_detention(member.id):
        raise Conflict(HELD)
    detention = Detention(
        key_id=member.key_id,
        code=next_detention_code(),
        member_id=member.id,
        alert_id=alert_id,
        from_on=from_on,
        held_by=held_by,
        by_user_id=viewer.user_id,
        at=clock.now(),
        note=note or None,
    )
    db.session.add(detention)
    db.session.flush()
    trail.record("detention.start", [detention.code, member.code], by=held_by)
    follow_custody(viewer=viewer, member=member, place="detained", since=from_on)
    if place_id is not None:
        add_stay(viewer=viewer, detention=detention, place_id=place_id, on=from_on)
    return detention


def add_stay(*, viewer: Viewer, detention: Detention, place_id: int | None, on: date | None) -> DetentionStay:
    """The person is in this place since a day; after the first place that is a transfer.

    Raises Invalid when the day lies before the arrest, before another transfer, or after the release.
    """
    last = _last_day(detention)
    end = end_of(detention.id)
    problems = transfer_problems(
        on=on, started=detention.from_on, last=last, ended=end.on if end else None, today=organization.today()
    )
    place = db.session.get(Place, place_id) if place_id is not None else None
    if place is None:
        problems.append(Problem("place_id", "Choose the place.", "Elija el lugar."))
    if problems or place is None or on is None:
        raise Invalid(problems)
    stay = DetentionStay(
        detention_id=detention.id, place_id=place.id, from_on=on, by_user_id=viewer.user_id, at=clock.now()
    )
    db.session.add(stay)
    db.session.flush()
    trail.record("detention.place" if last is None else "detention.transfer", detention.code, place=place.code)
    return stay


def end_detention(*, viewer: Viewer, detention: Detention, on: date | None, how: str) -> DetentionEnd:
    """The person is held no longer. Raises Invalid for a day that can't be, Conflict when it ended already."""
    problems = end_problems(on=on, started=detention.from_on, last=_last_day(detention), today=organization.today())
    if how not in ENDS:
        problems.append(Problem("how", "Choose how it ended.", "Elija cómo terminó."))
    if problems or on is None:
        raise Invalid(problems)
    if end_of(detention.id):
        raise Conflict(Problem("", "This ended already.", "Esto ya había terminado."))
    end = DetentionEnd(detention_id=detention.id, on=on, how=how, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(end)
    db.session.flush()
    trail.record("detention.end", detention.code, how=how)
    place = "unknown" if how in SENT_BACK else "with_us"
    follow_custody(viewer=viewer, member=_held(detention), place=place, since=on)
    return end


def void_detention(*, viewer: Viewer, detention: Detention) -> None:
    """It was a mistake: nobody was detained. It stays in the trail and leaves every list."""
    if db.session.get(DetentionVoid, detention.id) is None:
        db.session.add(DetentionVoid(detention_id=detention.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("detention.void", detention.code)
        follow_custody(viewer=viewer, member=_held(detention), place=None, since=detention.from_on)


def _held(detention: Detention) -> Member:
    return db.session.get_one(Member, detention.member_id)


def _last_day(detention: Detention) -> date | None:
    return db.session.scalar(select(func.max(DetentionStay.from_on)).where(DetentionStay.detention_id == detention.id))
