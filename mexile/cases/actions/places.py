"""Lay the few places of El Paso and Juárez that come with the program; people add and change them."""

from __future__ import annotations

from sqlalchemy import insert, select

from mexile.cases.models.place import Place
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary


def lay_places() -> int:
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
