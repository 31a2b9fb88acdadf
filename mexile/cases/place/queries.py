"""The places, as a list and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from mexile.cases.place.models import Place
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere


def next_place_code() -> str:
    return next_code("PL", Place.code)


def places(kinds: Sequence[str] = ()) -> list[Place]:
    """All places, or those of some kinds, by kind and name."""
    query = select(Place).order_by(Place.kind, Place.name)
    if kinds:
        query = query.where(Place.kind.in_(kinds))
    return list(db.session.scalars(query))


def get_place(code: str) -> Place:
    place = db.session.scalar(select(Place).where(Place.code == code))
    if place is None:
        raise NotHere(code)
    return place


def place_choices(lang: str, kinds: Sequence[str] = ()) -> list[tuple[int, str]]:
    return [(place.id, place.called(lang)) for place in places(kinds)]


def spanish_names() -> dict[str, str]:
    """Name of a place -> its name in Spanish, where it has one. Dates carry the name as it was."""
    rows = db.session.execute(select(Place.name, Place.name_es).where(Place.name_es.is_not(None)))
    return {name: name_es for name, name_es in rows if name_es is not None}


def zone_of(place_id: int | None) -> str | None:
    return db.session.scalar(select(Place.zone).where(Place.id == place_id)) if place_id else None
