"""What stands on a member's pocket card: their next dates, and who meets them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import func, select

from mexile.access.account.models import UserAccount
from mexile.access.holding.queries import holds_role
from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.queries import KINDS, is_open
from mexile.cases.place.models import Place
from mexile.ground.db import db
from mexile.members.name.queries import first_only, name_of
from mexile.members.person.queries import get_lasting_member


@dataclass(frozen=True)
class CardDate:
    """One date of the card."""

    kind: str
    on: date
    at: time | None
    fold: int | None
    place: str | None
    room: str | None
    meets: str | None


@dataclass(frozen=True)
class PocketCard:
    first_name: str
    dates: Sequence[CardDate]


def pocket_card_of(viewer: Viewer, code: str, today: date, most: int = 3) -> PocketCard:
    """The card of a member whom the viewer lastingly knows: it leaves the house in a pocket."""
    member = get_lasting_member(viewer, code)
    rows = db.session.execute(
        select(
            Event.kind,
            Event.on,
            Event.at,
            Event.fold,
            Event.place,
            func.coalesce(Place.name_es, Place.name).label("place_name"),
            Event.room,
            UserAccount.name.label("meets"),
        )
        .join(EventPerson, EventPerson.event_id == Event.id)
        .outerjoin(Place, Place.id == Event.place_id)
        .outerjoin(UserAccount, (UserAccount.id == Event.owner_user_id) & holds_role(Event.owner_user_id, *WORKS))
        .where(
            EventPerson.member_id == member.id,
            Event.kind.in_(KINDS),
            Event.on >= today,
            Event.precision.in_(("exact", "day")),
            is_open(),
        )
        .order_by(Event.on, Event.at, Event.fold)
        .limit(most)
    )
    dates = [
        CardDate(
            row.kind,
            row.on,
            row.at,
            row.fold,
            row.place_name or row.place,
            row.room,
            row.meets and row.meets.split(" ")[0],
        )
        for row in rows
    ]
    return PocketCard(first_only(name_of(member, viewer)).first, dates)
