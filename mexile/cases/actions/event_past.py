"""Keeping who was on a date until now, for the calendars in which it still stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from mexile.cases.models.event import Event, EventCompanion
from mexile.cases.models.event_past import EventPast
from mexile.cases.queries.calendar import days_before, has_day
from mexile.cases.queries.docket import KINDS
from mexile.ground import clock
from mexile.ground.db import db


def keep_leaving(event: Event, user_ids: Iterable[int | None]) -> None:
    """These answer for the date, or walk along at it, no longer, or it is none for calendars any more. Called before
    anything of it changes. A date that has no day now may still stand at its last one."""
    stood = _stood(event)
    for user_id in {id for id in user_ids if id is not None} if stood else ():
        db.session.add(EventPast(event_id=event.id, user_id=user_id, until_at=clock.now(), **stood))


def _stood(event: Event) -> dict[str, Any]:
    """The day and hour at which a calendar may have it; empty where it stands in none."""
    if event.kind not in KINDS:
        return {}
    if has_day(event):
        return {"on": event.on, "at": event.at, "zone": event.zone, "fold": event.fold}
    before = days_before([event.id]).get(event.id)
    return {"on": before.was_on, "at": before.was_at, "zone": before.was_zone or event.zone} if before else {}


def walking_along(event: Event) -> set[int]:
    """Who said yes to walking along."""
    confirmed = (EventCompanion.event_id == event.id, EventCompanion.confirmed_at.is_not(None))
    return set(db.session.scalars(select(EventCompanion.user_id).where(*confirmed)))
