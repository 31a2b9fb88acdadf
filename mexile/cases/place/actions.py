"""Add and change places and judges; add the few places that come with the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.judge.models import Judge
from mexile.cases.place.models import Place
from mexile.cases.place.queries import get_place, next_place_code
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.ground.vocabulary import vocabulary

name_act("place.add", "Added a place", "Agregó un lugar")
name_act("place.edit", "Changed a place", "Cambió un lugar")


STALE = Problem(
    "",
    "Somebody else changed this while you were writing. Nothing is lost: compare both and save again.",
    "Otra persona cambió esto mientras usted escribía. No se perdió nada: compare ambas versiones y guarde de nuevo.",
)
TWICE = Problem("name", "A place of this name is there already.", "Ya hay un lugar con este nombre.")


def seed_places() -> int:
    """Add the places of the vocabulary that aren't there yet; those changed by people are
    left alone. Returns how many were added."""
    known = set(db.session.scalars(select(Place.code)))
    rows = [
        {"code": term.code, "name": term.en, "name_es": term.es, "version": 1, **term.more}
        for term in vocabulary("place").values()
        if term.code not in known
    ]
    for row in rows:
        row.setdefault("country", "US")
        for column in ("state", "circuit", "office_code", "address", "phone"):
            row.setdefault(column, None)
    if rows:
        db.session.execute(insert(Place), rows)
    return len(rows)


def add_place(*, viewer: Viewer, values: Mapping[str, Any]) -> Place:
    """A place that anybody may choose from now on."""
    _refuse_twice(values["name"], None)
    place = Place(code=next_place_code(), **values)
    db.session.add(place)
    db.session.flush()
    trail.record("place.add", place.code, kind=place.kind)
    return place


def import_places(*, viewer: Viewer, rows: Sequence[Mapping[str, Any]]) -> int:
    """Add the places of a sheet whose names aren't there yet. Returns how many were added."""
    known = set(db.session.scalars(select(Place.name)))
    new = [row for row in rows if row["name"] not in known]
    for row in new:
        add_place(viewer=viewer, values=row)
    return len(new)


def edit_place(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Place:
    """Change what differs. Raises Conflict when it changed after `version` was shown."""
    held = get_place(code)
    if held.version != version:
        raise Conflict(STALE)
    if "name" in values:
        _refuse_twice(values["name"], held.id)
    set_values(held, values, "place.edit")
    return held


def _refuse_twice(name: str, id: int | None) -> None:
    same_id = db.session.scalar(select(Place.id).where(Place.name == name))
    if same_id is not None and same_id != id:
        raise Invalid(TWICE)


def set_values(held: Place | Judge, values: Mapping[str, Any], act: str) -> None:
    changed = [name for name in values if getattr(held, name) != values[name]]
    for name in changed:
        setattr(held, name, values[name])
    if changed:
        db.session.flush()
        trail.record(act, held.code, fields=changed)
