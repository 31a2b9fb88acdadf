"""Tell everybody who is on a date what changed of it: day, place, who answers or walks along, whether it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from mexile.access.policy import SEES, WORKS
from mexile.access.queries.people import reader, with_roles
from mexile.access.viewer import Viewer
from mexile.cases.models.case import Case
from mexile.cases.models.event import Event, EventCompanion, EventPerson
from mexile.cases.queries.cover import covers_or_directs
from mexile.cases.rules.moments import changed_letter
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.db import db

LETTER = "cases.changed"


def tell_change(*, viewer: Viewer, event: Event, others: Iterable[int | None] = ()) -> None:
    """A letter to the one responsible, the attorney of the case and whoever was asked to walk along, each
    once and not to who did it. `others`: who was responsible until now. Inside the transaction of the change."""
    attorney = db.session.scalar(select(Case.attorney_user_id).where(Case.id == event.case_id))
    staff = {id for id, _name in with_roles(*SEES)}
    beside = db.session.scalars(select(EventCompanion.user_id).where(EventCompanion.event_id == event.id))
    for user_id in dict.fromkeys((*_answering(event, attorney), *others, *beside)):
        if user_id in staff and user_id != viewer.user_id:
            key = f"{event.code}/{user_id}/{clock.now().isoformat()}"
            mail.put(LETTER, key, {"code": event.code, "user": user_id})
            trail.record("event.told", event.code, user=user_id)


def _answering(event: Event, attorney: int | None) -> list[int | None]:
    """Who is responsible, and the attorney; in the place of one who no longer works here, who covers."""
    working = {id for id, _name in with_roles(*WORKS)}
    if {event.owner_user_id, attorney} - {None} <= working:
        return [event.owner_user_id, attorney]
    members = db.session.scalars(select(EventPerson.member_id).where(EventPerson.event_id == event.id)).all()
    covers = [id for ids in covers_or_directs(members or [0]).values() for id in ids]
    return [event.owner_user_id, attorney, *covers]


@mail.renders(LETTER)
def render_changed(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: that a date changed, by its code; neither what it is, nor of whom, nor what became of it."""
    user = reader(body["user"])
    if user is None:
        return None
    url = f"{config().base_url}/events/{body['code']}"
    return mail.Letter(user.email, *changed_letter(body["code"], url, user.language))
