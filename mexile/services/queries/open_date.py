"""The open date that an act is the encounter of."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.models.event import Event, EventPerson
from mexile.cases.queries.events import is_open, seen
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.services.rules.act import Act
from mexile.services.rules.event_types import kinds_of_type


def open_date_of(viewer: Viewer, act: Act) -> str | None:
    """The code of the open date of the act's kind and day with somebody of its people. Where there are
    several it is none of them: each is closed on its own page."""
    kinds = kinds_of_type(act.type_code or "")
    if not kinds or not act.people:
        return None
    of_people = (
        select(EventPerson.event_id).join(Member, Member.id == EventPerson.member_id).where(Member.code.in_(act.people))
    )
    codes = db.session.scalars(
        select(Event.code)
        .where(Event.on == act.on, Event.kind.in_(kinds), Event.id.in_(of_people), is_open(), seen(viewer))
        .limit(2)
    ).all()
    return codes[0] if len(codes) == 1 else None
