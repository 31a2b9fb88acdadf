"""What somebody holds of dates, how a colleague takes it, and the places beside a member that can't wait for one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, or_, select

from mexile.access.holding.kinds import register_holding, when_access_ends
from mexile.access.holding.queries import holds_role
from mexile.access.policy import SEES, WORKS
from mexile.access.viewer import Viewer
from mexile.cases.event.actions import confirmed_companions, keep_leaving, tell_change
from mexile.cases.event.models import Event, EventCompanion, EventPerson
from mexile.cases.event.queries import is_open
from mexile.ground import organization, trail
from mexile.ground.db import db
from mexile.members.assignment.actions import stand_in


def held_events() -> Select[*tuple[Any, ...]]:
    return select(Event.owner_user_id.label("user_id"), Event.code, Event.on).where(
        Event.owner_user_id.is_not(None), is_open()
    )


def take_event(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    event = db.session.scalars(select(Event).where(Event.code == code)).one()
    members = db.session.scalars(select(EventPerson.member_id).where(EventPerson.event_id == event.id)).all()
    stand_in(viewer=viewer, member_ids=members, user_id=taker)
    keep_leaving(event, [event.owner_user_id])
    event.owner_user_id = taker
    db.session.execute(
        delete(EventCompanion).where(EventCompanion.event_id == event.id, EventCompanion.user_id == taker)
    )
    db.session.flush()
    trail.record("event.change", code, fields=["owner_user_id"])
    if event.on is None or event.on >= organization.today():
        tell_change(viewer=viewer, event=event)
    return True


register_holding("event", WORKS, held_events, take_event)


@when_access_ends.fill
def leave_dates(viewer: Viewer, user_id: int) -> None:
    """A place beside a member is open again where somebody no longer works here, and the one responsible is told."""
    if db.session.scalar(select(holds_role(user_id, *SEES))):
        return
    events = db.session.scalars(
        select(Event)
        .join(EventCompanion, EventCompanion.event_id == Event.id)
        .where(EventCompanion.user_id == user_id, is_open(), or_(Event.on.is_(None), Event.on >= organization.today()))
    ).all()
    for event in events:
        keep_leaving(event, confirmed_companions(event) & {user_id})
        db.session.delete(db.session.get(EventCompanion, (event.id, user_id)))
        db.session.flush()
        trail.record("event.companion", event.code, answer="no")
        tell_change(viewer=viewer, event=event)
