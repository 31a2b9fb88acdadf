"""What somebody holds of deadlines, and how a colleague takes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select, union_all

from mexile.access.holding.kinds import register_holding
from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.deadlines.deadline.actions import keep_past
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.ground import trail
from mexile.ground.db import db
from mexile.members.assignment.actions import stand_in


def held_deadlines() -> Select[*tuple[Any, ...]]:
    both = [
        select(column.label("user_id"), Deadline.code, Deadline.due_on.label("on")).where(
            column.is_not(None), ~is_closed_deadline()
        )
        for column in (Deadline.owner_user_id, Deadline.second_owner_user_id)
    ]
    held = union_all(*both).subquery()
    return select(held.c.user_id, held.c.code, held.c.on)


def take_deadline(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    """The taker stands where the holder stood; for a fatal one not as both of the two."""
    deadline = db.session.scalars(select(Deadline).where(Deadline.code == code)).one()
    owner, second = (taker if id == holder else id for id in (deadline.owner_user_id, deadline.second_owner_user_id))
    if owner == second:
        if deadline.fatal:
            return False
        second = None
    stand_in(viewer=viewer, member_ids=[deadline.member_id], user_id=taker)
    keep_past(deadline, cause="owner", by_user_id=viewer.user_id)
    deadline.owner_user_id, deadline.second_owner_user_id = owner, second
    db.session.flush()
    trail.record("deadline.hand_over", code, owner=owner, second=second)
    return True


register_holding("deadline", WORKS, held_deadlines, take_deadline)
