"""What one answers for, as entries of a calendar file: also what was moved or called off lately, so that
a file taken again strikes it out where the one before put it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventOutcome, EventOutcomeVoid, EventPast
from mexile.cases.event.queries import KINDS, days_before, has_day
from mexile.cases.event.rights import CALLED_OFF, event_seen, is_mine
from mexile.cases.event.rules import starts_at
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure, DeadlinePast, DeadlineReopening
from mexile.deadlines.deadline.queries import is_answered_by, is_closed_deadline
from mexile.ground.db import db
from mexile.members.assignment.rights import asking_of, lastingly_visible
from mexile.members.person.models import Member

LATELY = timedelta(days=60)
"""How long a date that was called off, closed or handed over is still struck out in the file."""


@dataclass(frozen=True)
class CalendarLine:
    """A day or moment with its revision. `sequence` only grows, with every change of the date."""

    code: str
    on: date
    starts: datetime | None
    sequence: int
    changed_at: datetime | None
    is_cancelled: bool


def _last(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


# ---- dates --------------------------------------------------------------------

_outcomes = select(func.count()).where(EventOutcome.event_id == Event.id).scalar_subquery()
_outcome_at = select(func.max(EventOutcome.at)).where(EventOutcome.event_id == Event.id).scalar_subquery()
_of_event = EventOutcomeVoid.outcome_id == EventOutcome.id, EventOutcome.event_id == Event.id
_voids = select(func.count()).select_from(EventOutcomeVoid).join(EventOutcome, _of_event[0]).where(_of_event[1])
_void_at = select(func.max(EventOutcomeVoid.at)).join(EventOutcome, _of_event[0]).where(_of_event[1])
_outcome = (
    select(func.max(EventOutcome.outcome))
    .where(EventOutcome.event_id == Event.id, EventOutcome.stands())
    .scalar_subquery()
)


_pasts = select(func.count()).where(EventPast.event_id == Event.id).scalar_subquery()


def calendar_events(viewer: Viewer, today: date, until: date, moment: datetime) -> list[CalendarLine]:
    """My dates of law up to `until`, and those that changed or passed to others lately, whatever their day. Three
    queries at most."""
    since = moment - LATELY
    is_seen = event_seen(asking_of(viewer, lastingly=True))
    mine = and_(Event.kind.in_(KINDS), is_seen, is_mine(viewer.user_id))
    was_mine = exists().where(
        EventPast.event_id == Event.id, EventPast.user_id == viewer.user_id, EventPast.until_at >= since
    )
    touched = or_(
        Event.changed_at >= since,
        exists().where(EventOutcome.event_id == Event.id, EventOutcome.at >= since),
        exists().where(*_of_event, EventOutcomeVoid.at >= since),
    )
    rows = db.session.execute(
        select(
            Event.id,
            Event.code,
            Event.on,
            Event.at,
            Event.zone,
            Event.fold,
            Event.precision,
            Event.version,
            Event.changed_at,
            _outcome.label("outcome"),
            _outcomes.label("outcomes"),
            _outcome_at.label("outcome_at"),
            _voids.scalar_subquery().label("voids"),
            _void_at.scalar_subquery().label("void_at"),
            _pasts.label("pasts"),
            mine.label("stands"),
        )
        .where(or_(and_(mine, or_(Event.on.between(today, until), touched)), was_mine))
        .order_by(Event.on, Event.at, Event.id)
    ).all()
    before = days_before([row.id for row in rows if row.stands and not has_day(row)])
    left = _left(viewer.user_id, [row.id for row in rows if not row.stands])
    standing = [_event(row, before.get(row.id), today, since) for row in rows if row.stands]
    struck = [_struck(row, left[row.id]) for row in rows if not row.stands]
    return [line for line in standing if line is not None] + struck


def _left(user_id: int, ids: Sequence[int]) -> dict[int, EventPast]:
    """event id -> where the date stood when it was this person's last."""
    if not ids:
        return {}
    rows = db.session.scalars(
        select(EventPast).where(EventPast.user_id == user_id, EventPast.event_id.in_(ids)).order_by(EventPast.id)
    )
    return {row.event_id: row for row in rows}


def _sequence(row: Any) -> int:
    """Two steps for each who left: one where it is struck out for them, one where they come back."""
    return row.version - 1 + row.outcomes + row.voids + 2 * row.pasts


def _struck(row: Any, past: EventPast) -> CalendarLine:
    """A date that passed to others, struck out where it stood."""
    starts = starts_at(past.on, past.at, past.zone, past.fold)
    return CalendarLine(row.code, past.on, starts, _sequence(row) - 1, past.until_at, True)


def _event(row: Any, before: Any, today: date, since: datetime) -> CalendarLine | None:
    """What the file says of a date: that it stands, that it is off, or nothing."""
    last_at = _last(row.changed_at, row.outcome_at, row.void_at)
    is_off = row.outcome in CALLED_OFF or not has_day(row)
    if is_off and (last_at is None or last_at < since):
        return None
    if has_day(row):
        on, starts = row.on, starts_at(row.on, row.at, row.zone, row.fold)
    elif before is not None:
        on, starts = before.was_on, starts_at(before.was_on, before.was_at, before.was_zone or row.zone, None)
    else:
        return None
    if on < today and not is_off:
        return None
    return CalendarLine(row.code, on, starts, _sequence(row), last_at, is_off)


# ---- deadlines ------------------------------------------------------------------

_past_count = select(func.count()).where(DeadlinePast.deadline_id == Deadline.id).scalar_subquery()
_past_at = select(func.max(DeadlinePast.until_at)).where(DeadlinePast.deadline_id == Deadline.id).scalar_subquery()
_closures = select(func.count()).where(DeadlineClosure.deadline_id == Deadline.id).scalar_subquery()
_closed_at = select(func.max(DeadlineClosure.at)).where(DeadlineClosure.deadline_id == Deadline.id).scalar_subquery()
_again = DeadlineReopening.closure_id == DeadlineClosure.id
_reopened = select(func.count()).select_from(DeadlineReopening).join(DeadlineClosure, _again)
_reopened_at = select(func.max(DeadlineReopening.at)).join(DeadlineClosure, _again)


def calendar_deadlines(viewer: Viewer, today: date, until: date, moment: datetime) -> list[CalendarLine]:
    """The deadlines I answer for, and those that were closed, moved or handed to others lately. One query."""
    since, mine = moment - LATELY, and_(lastingly_visible(viewer), is_answered_by(viewer.user_id))
    closed = is_closed_deadline()
    rows = db.session.execute(
        select(
            Deadline.code,
            Deadline.due_on,
            Deadline.internal_on,
            Deadline.set_at,
            and_(mine, ~closed).label("stands"),
            _past_count.label("changes"),
            _past_at.label("past_at"),
            _closures.label("closures"),
            _closed_at.label("closed_at"),
            _reopened.where(DeadlineClosure.deadline_id == Deadline.id).scalar_subquery().label("reopenings"),
            _reopened_at.where(DeadlineClosure.deadline_id == Deadline.id).scalar_subquery().label("reopened_at"),
        )
        .join(Member, Member.id == Deadline.member_id)
        .where(
            or_(
                and_(mine, ~closed, or_(Deadline.due_on.between(today, until), _moved(since))),
                and_(mine, exists().where(DeadlineClosure.deadline_id == Deadline.id, DeadlineClosure.at >= since)),
                _was_mine(viewer.user_id, since),
            ),
        )
        .order_by(Deadline.due_on, Deadline.id)
    )
    return [_deadline(row, today) for row in rows if row.due_on >= today or not row.stands]


def _moved(since: datetime) -> ColumnElement[bool]:
    return exists().where(DeadlinePast.deadline_id == Deadline.id, DeadlinePast.until_at >= since)


def _was_mine(user_id: int, since: datetime) -> ColumnElement[bool]:
    held = or_(DeadlinePast.owner_user_id == user_id, DeadlinePast.second_owner_user_id == user_id)
    return exists().where(DeadlinePast.deadline_id == Deadline.id, DeadlinePast.until_at >= since, held)


def _deadline(row: Any, today: date) -> CalendarLine:
    """It stands under our own target, and under the limit once that has passed: which is a change too."""
    has_passed = row.internal_on is not None and row.internal_on < today
    on = row.due_on if row.internal_on is None or has_passed else row.internal_on
    passed_at = datetime.combine(row.internal_on + timedelta(days=1), time(), UTC) if has_passed else None
    changed_at = _last(row.set_at, row.past_at, row.closed_at, row.reopened_at, passed_at)
    changes = row.changes + row.closures + row.reopenings
    return CalendarLine(row.code, on, None, 2 * changes + has_passed, changed_at, not row.stands)
