"""Change a date, or say that it is still the same. What it said before stays as a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.event.actions import confirmed_companions, keep_leaving, open_event, tell_change
from mexile.cases.event.models import Event, EventCompanion, EventPerson
from mexile.cases.verification.models import EventCheck
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem

name_act("event.change", "Changed a date", "Cambió una fecha")
name_act("event.verify", "Verified a date", "Verificó una fecha")


MOMENT = ("on", "at", "zone", "precision", "place")
"""What a check keeps of before."""
FIELDS = (
    *MOMENT,
    "fold",
    "place_id",
    "room",
    "mode",
    "hearing_type",
    "proceeding_id",
    "kind",
    "owner_user_id",
    "stale_days",
)

TOLD = frozenset({*MOMENT, "room", "owner_user_id"})
"""What everybody on a date is told of: when and where it is, and who is responsible."""

STALE = Problem(
    "",
    "Somebody else changed this date while you were writing. Nothing is lost: compare both and save again.",
    "Otra persona cambió esta fecha mientras usted escribía. No se perdió nada: compare ambas versiones y guarde "
    "de nuevo.",
)


def change_event(
    *, viewer: Viewer, code: str, version: int, values: Mapping[str, Any], source: str | None, answer: str = "edited"
) -> Event:
    """Write what differs. A source means that somebody saw the date there just now.

    Raises Conflict when the date changed after `version` was shown, or has its outcome already.
    """
    event = open_event(viewer, code)
    if event.version != version:
        raise Conflict(STALE)
    before = {name: getattr(event, name) for name in MOMENT}
    owner = event.owner_user_id
    changed = [name for name in FIELDS if name in values and getattr(event, name) != values[name]]
    keep_leaving(event, _leaving(viewer, event, changed))
    for name in changed:
        setattr(event, name, values[name])
    has_moved = bool(set(changed) & set(MOMENT))
    if source:
        _seen_at(viewer, event, source)
    if has_moved or source:
        _check(viewer, event, answer if has_moved else "same", source, before if has_moved else {})
    db.session.flush()
    if changed:
        trail.record("event.change", code, fields=changed)
    if {"on", "at"} & set(changed):
        _ask_again(viewer, event)
    if TOLD & set(changed):
        tell_change(viewer=viewer, event=event, others=[owner])
    return event


def _leaving(viewer: Viewer, event: Event, changed: list[str]) -> set[int | None]:
    """Whose the date isn't once this has changed: who answered for it, who is asked anew, and everybody where it
    becomes another kind, which may be none for calendars."""
    left: set[int | None] = {event.owner_user_id} if {"owner_user_id", "kind"} & set(changed) else set()
    if "kind" in changed:
        return left | confirmed_companions(event)
    return left | (confirmed_companions(event) - {viewer.user_id} if {"on", "at"} & set(changed) else set())


def _ask_again(viewer: Viewer, event: Event) -> None:
    """Who said yes said it to the day and hour before: they are asked anew."""
    db.session.execute(
        update(EventCompanion)
        .where(EventCompanion.event_id == event.id, EventCompanion.user_id != viewer.user_id)
        .values(confirmed_at=None)
    )


def verify_same(*, viewer: Viewer, code: str, source: str) -> Event:
    """Somebody looked, and the date is the one we have."""
    event = open_event(viewer, code)
    _seen_at(viewer, event, source)
    _check(viewer, event, "same", source, {})
    db.session.flush()
    trail.record("event.verify", code, answer="same", source=source)
    return event


def _seen_at(viewer: Viewer, event: Event, source: str) -> None:
    event.source = source
    event.verified_at = clock.now()
    event.verified_by_user_id = viewer.user_id


def _check(viewer: Viewer, event: Event, answer: str, source: str | None, before: Mapping[str, Any]) -> None:
    was = {f"was_{name}": value for name, value in before.items()}
    db.session.add(
        EventCheck(event_id=event.id, by_user_id=viewer.user_id, at=clock.now(), source=source, answer=answer, **was)
    )


def set_people(*, viewer: Viewer, event: Event, shown: set[int], wanted: set[int]) -> None:
    """Who the date is for: of those the viewer was `shown`, the `wanted`; the others stay."""
    standing = set(db.session.scalars(select(EventPerson.member_id).where(EventPerson.event_id == event.id)))
    for member_id in (standing & shown) - wanted:
        db.session.delete(db.session.get(EventPerson, (event.id, member_id)))
    for member_id in wanted - standing:
        db.session.add(EventPerson(event_id=event.id, member_id=member_id))
    db.session.flush()
    if standing != (standing - shown) | wanted:
        trail.record("event.change", event.code, fields=["people"])
