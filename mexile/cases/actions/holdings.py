"""What somebody holds of cases, dates and deadlines, how a colleague takes it, and what can't wait for one:
the line of those who are told, alerts, and places beside a member."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, or_, select, union_all, update

from mexile.access.holdings import register_ending, register_holding
from mexile.access.policy import ATTORNEY, SEES, WORKS
from mexile.access.queries.holdings import holds_role
from mexile.access.viewer import Viewer
from mexile.cases.actions.alert import release_alerts
from mexile.cases.actions.change_letter import tell_change
from mexile.cases.actions.deadlines import keep_past
from mexile.cases.actions.event_past import keep_leaving, walking_along
from mexile.cases.models.alert import CallLine
from mexile.cases.models.case import Case
from mexile.cases.models.deadline import Deadline
from mexile.cases.models.event import Event, EventCompanion, EventPerson
from mexile.cases.queries.cases import has_closure
from mexile.cases.queries.deadlines import is_closed_deadline
from mexile.cases.queries.events import is_open
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.members.actions.assignment import stand_in


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


def held_cases() -> Select[*tuple[Any, ...]]:
    return select(Case.attorney_user_id.label("user_id"), Case.code, Case.opened_on.label("on")).where(
        Case.attorney_user_id.is_not(None), ~has_closure()
    )


def take_case(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    case.attorney_user_id = taker
    db.session.flush()
    trail.record("case.edit", code, fields=["attorney_user_id"])
    return True


register_holding("deadline", WORKS, held_deadlines, take_deadline)
register_holding("event", WORKS, held_events, take_event)
register_holding("case", (ATTORNEY,), held_cases, take_case)


@register_ending
def let_go(viewer: Viewer, user_id: int) -> None:
    """Nobody is told who isn't here: the line closes up, an alert goes on to the next, a place beside a
    member is open again and the one responsible is told."""
    if not db.session.scalar(select(holds_role(user_id, *WORKS))):
        db.session.execute(
            update(CallLine).where(CallLine.user_id == user_id, CallLine.to_at.is_(None)).values(to_at=clock.now())
        )
        release_alerts(user_id=user_id)
    if not db.session.scalar(select(holds_role(user_id, *SEES))):
        _leave_dates(viewer, user_id)


def _leave_dates(viewer: Viewer, user_id: int) -> None:
    events = db.session.scalars(
        select(Event)
        .join(EventCompanion, EventCompanion.event_id == Event.id)
        .where(EventCompanion.user_id == user_id, is_open(), or_(Event.on.is_(None), Event.on >= organization.today()))
    ).all()
    for event in events:
        keep_leaving(event, walking_along(event) & {user_id})
        db.session.delete(db.session.get(EventCompanion, (event.id, user_id)))
        db.session.flush()
        trail.record("event.companion", event.code, answer="no")
        tell_change(viewer=viewer, event=event)
