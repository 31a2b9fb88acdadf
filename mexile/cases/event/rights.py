"""Which dates a viewer may know of, change and report on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventCompanion, EventOutcome, EventPerson
from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.assignment.queries import walked_ids
from mexile.members.assignment.rights import NONE, WALKED, Asking, asking_of, visible

TO_REPORT = timedelta(days=7)
"""How long a volunteer may still say what came of a date."""
CALLED_OFF = ("cancelled", "continued")


def is_asked(user_id: Any) -> ColumnElement[bool]:
    """The WHERE on `Event`: I was asked to walk along, whatever I answered."""
    return Event.id.in_(select(EventCompanion.event_id).where(EventCompanion.user_id == user_id))


def said_yes(user_id: Any) -> Select[int]:
    """The events to which this person said yes, as a subquery of ids."""
    return select(EventCompanion.event_id).where(
        EventCompanion.user_id == user_id, EventCompanion.confirmed_at.is_not(None)
    )


def is_mine(user_id: Any) -> ColumnElement[bool]:
    """The WHERE on `Event`: I am responsible for it, or said that I walk along."""
    return or_(Event.owner_user_id == user_id, Event.id.in_(said_yes(user_id)))


def lasts(today: Any, month: Any) -> ColumnElement[bool]:
    """The WHERE on `Event`: its day isn't over, or nobody knows its day."""
    return or_(
        Event.on.is_(None), Event.on >= today, and_(Event.precision == literal_column("'month'"), Event.on >= month)
    )


def walked(user_id: Any, today: Any, month: Any) -> Select[int]:
    """The events to which this person said yes, which nobody moved away or called off and whose day isn't
    over: for so long she is told who comes and where to meet."""
    is_off = exists().where(
        EventOutcome.event_id == Event.id, EventOutcome.outcome.in_(CALLED_OFF), EventOutcome.stands()
    )
    return select(Event.id).where(Event.id.in_(said_yes(user_id)), not_(is_off), lasts(today, month))


def _walked_members(user_id: Any, today: Any, month: Any) -> Select[int]:
    return select(EventPerson.member_id).where(EventPerson.event_id.in_(walked(user_id, today, month)))


def _lasts_still() -> ColumnElement[bool]:
    last = clock.today() - TO_REPORT
    return lasts(last, last.replace(day=1))


def event_seen(asker: Viewer | str | Asking) -> ColumnElement[bool]:
    """The WHERE on `Event`: mine, or for somebody I may know of, or for nobody by name. For a volunteer
    those she was asked to walk along at, until a week after their day: asked at each request, in no
    statement that is made once.

    It shows that there is an event, never the people in it, and gives no right to change it.
    """
    asking = asking_of(asker)
    if asking.sees_all:
        return true()
    if asking.rights == WALKED:
        return and_(is_asked(asking.user_id), _lasts_still())
    return or_(is_asked(asking.user_id), _answered_for(asking))


def _answered_for(asking: Asking) -> ColumnElement[bool]:
    here = EventPerson.event_id == Event.id
    ways = [Event.owner_user_id == asking.user_id]
    if asking.rights != NONE:
        ways.append(exists().where(here, visible(asking, EventPerson.member_id)))
    if asking.works:
        ways.append(not_(exists().where(here)))
    return or_(*ways)


def changeable(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Event`: I may move it, call it off, say who walks along. Whoever works here and
    is responsible for it, knows somebody it is for, or it is for nobody by name: to be asked to walk
    along gives nobody this right, nor does having said yes."""
    asking = asking_of(viewer)
    if asking.sees_all:
        return true()
    return _answered_for(asking) if asking.works else false()


def is_changeable(viewer: Viewer, event: Event) -> bool:
    """Whether the viewer may change this one."""
    return bool(db.session.scalar(select(Event.id).where(Event.id == event.id, changeable(viewer))))


def reportable(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Event`: I may say what happened there: whoever may change it, and who said that
    they walk along; a volunteer until a week after its day."""
    walks: ColumnElement[bool] = Event.id.in_(said_yes(viewer.user_id))
    if viewer.sees_first_names_only:
        walks = and_(walks, _lasts_still())
    return or_(changeable(viewer), walks)


walked_ids.fill(_walked_members)
register_scope("my_events", event_seen)
register_scope("event_change", changeable)
register_scope("event_report", reportable)
