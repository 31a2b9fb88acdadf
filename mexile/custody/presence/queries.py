"""What stands before an event, who is in at one, and who was told that they are not out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, exists, func, not_, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import with_roles
from mexile.access.holding.queries import holds_role
from mexile.access.policy import ATTORNEY, DIRECTOR, SEES, WORKS
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import attorney_of
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.rights import event_seen, is_mine
from mexile.cases.person.queries import people_of
from mexile.custody.alert.queries import WAITS, Told, letter_left_not
from mexile.custody.presence import rules
from mexile.custody.presence.models import Presence, PresenceNotice, PresenceOut, Readiness
from mexile.ground.db import db
from mexile.ground.queue import Job


@dataclass(frozen=True)
class Ready:
    """The newest answer about one thing."""

    answer: str
    reason: str | None
    name: str
    at: datetime


@dataclass(frozen=True)
class Inside:
    """Somebody is in at an event since a moment, expected out at another; `told` was, in order."""

    id: int
    code: str
    kind: str
    zone: str
    entered_at: datetime
    expected_out_at: datetime
    out_at: datetime | None
    told: Sequence[Told] = ()
    names: Sequence[str] = ()

    def is_late(self, moment: datetime) -> bool:
        return self.out_at is None and rules.is_late(self.expected_out_at, moment)


def readiness_of(event_id: int) -> dict[str, Ready]:
    """item -> its newest answer. One query."""
    rows = db.session.execute(
        select(Readiness.item, Readiness.answer, Readiness.reason, UserAccount.name, Readiness.at)
        .join(UserAccount, UserAccount.id == Readiness.by_user_id)
        .where(Readiness.event_id == event_id)
        .order_by(Readiness.id)
    )
    return {row.item: Ready(row.answer, row.reason, row.name, row.at) for row in rows}


_inside = (
    select(
        Presence.id,
        Event.code,
        Event.kind,
        Event.zone,
        Presence.entered_at,
        Presence.expected_out_at,
        PresenceOut.out_at,
        Event.id.label("event_id"),
    )
    .join(Event, Event.id == Presence.event_id)
    .outerjoin(PresenceOut, PresenceOut.presence_id == Presence.id)
)


def presence_of(event_id: int) -> Inside | None:
    """The last time somebody went in at this event."""
    rows = db.session.execute(_inside.where(Event.id == event_id).order_by(Presence.id.desc()).limit(1)).all()
    inside = _with_told(None, rows)
    return inside[0] if inside else None


def open_presence(event_id: int) -> Presence | None:
    """Who is in at this event now."""
    is_out = exists().where(PresenceOut.presence_id == Presence.id)
    return db.session.scalar(select(Presence).where(Presence.event_id == event_id, not_(is_out)).limit(1))


def inside_now(viewer: Viewer) -> Sequence[Inside]:
    """Where people are in now: at my events, where I was told, and everywhere for who sees everybody. Three queries at most."""
    told = exists().where(PresenceNotice.presence_id == Presence.id, PresenceNotice.user_id == viewer.user_id)
    where = [PresenceOut.presence_id.is_(None), or_(event_seen(viewer), told)]
    if not viewer.sees_all_members:
        where.append(or_(is_mine(viewer.user_id), told))
    rows = db.session.execute(_inside.where(*where).order_by(Presence.expected_out_at)).all()
    return _with_told(viewer, rows)


def _with_told(viewer: Viewer | None, rows: Sequence) -> list[Inside]:
    if not rows:
        return []
    told: dict[int, list[Told]] = {row.id: [] for row in rows}
    key = cast(PresenceNotice.presence_id, Text) + "/" + cast(PresenceNotice.step, Text)
    for row in db.session.execute(
        select(PresenceNotice.presence_id, UserAccount.name, PresenceNotice.at, *WAITS)
        .join(UserAccount, UserAccount.id == PresenceNotice.user_id)
        .outerjoin(Job, letter_left_not("cases.not_out", key))
        .where(PresenceNotice.presence_id.in_(list(told)))
        .order_by(PresenceNotice.step)
    ):
        told[row.presence_id].append(Told(*row[1:]))
    people = people_of(viewer, [row.event_id for row in rows])[0] if viewer else {}
    return [
        Inside(
            row.id,
            row.code,
            row.kind,
            row.zone,
            row.entered_at,
            row.expected_out_at,
            row.out_at,
            told[row.id],
            [person.name.short for person in people.get(row.event_id, ())],
        )
        for row in rows
    ]


def last_step(presence_id: int) -> int:
    """The step that was told last, -1 before the first."""
    step = db.session.scalar(select(func.max(PresenceNotice.step)).where(PresenceNotice.presence_id == presence_id))
    return -1 if step is None else step


def chain_of(presence: Presence) -> list[int]:
    """Who is told, in order: who answers for the event (or pressed "in"), the directors, the attorney."""
    owner = db.session.scalar(
        select(Event.owner_user_id).where(Event.id == presence.event_id, holds_role(Event.owner_user_id, *WORKS))
    )
    went_in = db.session.scalar(select(holds_role(presence.by_user_id, *SEES)))
    member_ids = db.session.scalars(
        select(EventPerson.member_id).where(EventPerson.event_id == presence.event_id).order_by(EventPerson.member_id)
    ).all()
    own = next((id for id in map(attorney_of, member_ids) if id is not None), None)
    attorneys = [id for id, _ in with_roles(ATTORNEY)]
    return rules.chain(
        owner or (presence.by_user_id if went_in else None),
        [id for id, _ in with_roles(DIRECTOR)],
        own or (attorneys[0] if attorneys else None),
    )
