"""The line of those who are told: adding somebody, moving, taking out."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.custody.alert.models import CallLine
from mexile.custody.alert.rules import phone_problem
from mexile.custody.line.queries import standing_line
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.ground.phone import parse_phone

name_act("line.add", "Put somebody in the line of alerts", "Puso a alguien en la fila de alertas")
name_act("line.move", "Moved somebody in the line of alerts", "Cambió la fila de alertas")
name_act("line.leave", "Took somebody out of the line of alerts", "Sacó a alguien de la fila de alertas")


def add_to_line(*, viewer: Viewer, user_id: int | None, phone: str) -> CallLine:
    """Somebody of the team stands at the end of the line; one who stands in it already gets the new number.

    Raises Invalid when there is no such person or no such number.
    """
    problems = []
    if user_id not in {id for id, _ in with_roles(*WORKS)}:
        problems.append(
            Problem(
                "user_id",
                "Choose somebody of the team who works with members.",
                "Elija a alguien del equipo que trabaje con integrantes.",
            )
        )
    number = None
    try:
        number = parse_phone(phone)
        problems += [] if number else [phone_problem()]
    except Invalid as wrong:
        problems += wrong.problems
    if problems:
        raise Invalid(problems)
    user = db.session.get_one(UserAccount, user_id)
    held = db.session.scalar(select(CallLine).where(CallLine.user_id == user.id, CallLine.to_at.is_(None)))
    if held is None:
        last = max((place.row.position for place in standing_line() if place.row), default=0)
        held = CallLine(key_id=user.key_id, user_id=user.id, position=last + 1, from_at=clock.now())
        db.session.add(held)
    held.phone = number
    db.session.flush()
    trail.record("line.add", user.code)
    return held


def move_in_line(*, viewer: Viewer, id: int, by: int) -> None:
    """One place up (-1) or down (1)."""
    rows = [place.row for place in standing_line() if place.row]
    here = _place(rows, id)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for position, row in enumerate(rows, start=1):
        row.position = position
    db.session.flush()
    trail.record("line.move", None, place=there + 1)


def leave_line(*, viewer: Viewer, id: int) -> None:
    """Somebody is told no longer."""
    rows = [place.row for place in standing_line() if place.row]
    rows[_place(rows, id)].to_at = clock.now()
    db.session.flush()
    trail.record("line.leave", None, line=id)


def _place(rows: list[CallLine], id: int) -> int:
    index = next((place for place, row in enumerate(rows) if row.id == id), None)
    if index is None:
        raise NotHere(str(id))
    return index
