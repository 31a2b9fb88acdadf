"""Who is in custody, where and since when; and the whole of one member's custody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, not_, select

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.place.models import Place
from mexile.custody.detention.models import Detention, DetentionEnd, DetentionStay
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import rights_of, rights_values, rows_of_member, visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member


def next_detention_code() -> str:
    return next_code("DT", Detention.code)


@dataclass(frozen=True)
class Stay:
    """Days in one place."""

    place: Place
    from_on: date


@dataclass(frozen=True)
class Custody:
    """One time in custody with its places in order; `end` is empty while it goes on."""

    row: Detention
    stays: Sequence[Stay]
    end: DetentionEnd | None

    def days(self, today: date) -> int:
        """How many days, the first and the last counted."""
        return ((self.end.on if self.end else today) - self.row.from_on).days + 1

    @property
    def now(self) -> Stay | None:
        """The place of the last transfer."""
        return self.stays[-1] if self.stays else None


@dataclass(frozen=True)
class HeldLine:
    """Somebody in custody now, as the list shows one."""

    code: str
    member_code: str
    name: ShownName
    custody: Custody


def is_held() -> ColumnElement[bool]:
    """The WHERE on `Detention`: it goes on."""
    return Detention.stands() & not_(exists().where(DetentionEnd.detention_id == Detention.id))


def held_before(on: date | None) -> Select[int]:
    """The members who were in custody from before the day `on` until after it, as a subquery of ids."""
    ended = exists().where(DetentionEnd.detention_id == Detention.id, DetentionEnd.on <= on)
    return select(Detention.member_id).where(Detention.stands(), Detention.from_on < on, not_(ended))


def detention_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Detention`: of somebody the viewer may know of."""
    return visible(viewer, Detention.member_id)


register_scope("detention", detention_seen)


def get_detention(viewer: Viewer, code: str) -> Detention:
    """The detention with this code, or NotHere; one that was a mistake is not there."""
    detention = db.session.scalar(
        select(Detention).where(Detention.code == code, Detention.stands(), detention_seen(viewer))
    )
    if detention is None:
        raise NotHere(code)
    return detention


def open_detention(member_id: int) -> Detention | None:
    """The detention of this member that goes on, if one does."""
    return db.session.scalar(select(Detention).where(Detention.member_id == member_id, is_held()).limit(1))


def end_of(detention_id: int) -> DetentionEnd | None:
    return db.session.get(DetentionEnd, detention_id)


def stays_of(ids: Iterable[int]) -> dict[int, list[Stay]]:
    """detention id -> its places in order. One query, none where nobody was detained."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    ids = list(ids)
    if not ids:
        return stays
    rows = db.session.execute(
        select(DetentionStay.detention_id, DetentionStay.from_on, Place)
        .join(Place, Place.id == DetentionStay.place_id)
        .where(DetentionStay.detention_id.in_(ids))
        .order_by(DetentionStay.from_on)
    )
    for row in rows:
        stays[row.detention_id].append(Stay(row.Place, row.from_on))
    return stays


def custody_of(viewer: Viewer, member_id: int) -> Sequence[Custody]:
    """The times in custody of a member whom the viewer may know of, the newest first. At most two queries."""
    rows = db.session.execute(_custody(rights_of(viewer)), rights_values(viewer, member_id=member_id)).all()
    stays = stays_of(row.Detention.id for row in rows)
    return [Custody(row.Detention, stays[row.Detention.id], row.DetentionEnd) for row in rows]


@cache
def _custody(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    return (
        select(Detention, DetentionEnd)
        .outerjoin(DetentionEnd, DetentionEnd.detention_id == Detention.id)
        .where(rows_of_member(Detention.member_id, rights), Detention.stands())
        .order_by(Detention.from_on.desc(), Detention.id.desc())
    )


def held_now(viewer: Viewer) -> Sequence[HeldLine]:
    """Everybody in custody now whom the viewer may know of: first whose place nobody knows, then the longest.
    Two queries."""
    rows = db.session.execute(
        select(Detention, Member.code.label("member_code"), *NAME_COLUMNS)
        .join(Member, Member.id == Detention.member_id)
        .where(is_held(), visible(viewer))
        .order_by(Detention.from_on, Detention.id)
    ).all()
    stays = stays_of(row.Detention.id for row in rows)
    lines = [
        HeldLine(
            row.Detention.code,
            row.member_code,
            name_of(row, viewer),
            Custody(row.Detention, stays[row.Detention.id], None),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.custody.now is not None)


def held_codes(viewer: Viewer) -> frozenset[str]:
    """The codes of those in custody now whom the viewer may know of. One query, of as many rows as are held."""
    asked = rights_values(viewer)
    return frozenset(code for (code,) in db.session.connection().execute(_held_codes(rights_of(viewer)), asked))


@cache
def _held_codes(rights: str) -> Any:
    return select(Member.code).join(Detention, Detention.member_id == Member.id).where(is_held(), visible(rights))


def places_of_custody() -> Sequence[Place]:
    """Where people are held, by name."""
    return db.session.scalars(
        select(Place).where(Place.kind.in_(("detention", "ice", "bridge", "other"))).order_by(Place.kind, Place.name)
    ).all()
