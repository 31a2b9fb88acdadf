"""Keeping who was on a date until now, for the calendars in which it still stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from mexile.cases.models.event import Event, EventCompanion
from mexile.cases.models.event_past import EventPast
from mexile.ground import clock
from mexile.ground.db import db


def keep_leaving(event: Event, user_ids: Iterable[int | None]) -> None:
    """These answer for the date, or walk along at it, no longer. Called before anything of it changes; a date
    without a day stands in no calendar."""
    if event.on is None or event.precision not in ("exact", "day"):
        return
    for user_id in {id for id in user_ids if id is not None}:
        db.session.add(
            EventPast(
                event_id=event.id,
                user_id=user_id,
                until_at=clock.now(),
                on=event.on,
                at=event.at,
                zone=event.zone,
                fold=event.fold,
            )
        )


def walking_along(event: Event) -> set[int]:
    """Who said yes to walking along."""
    confirmed = (EventCompanion.event_id == event.id, EventCompanion.confirmed_at.is_not(None))
    return set(db.session.scalars(select(EventCompanion.user_id).where(*confirmed)))
