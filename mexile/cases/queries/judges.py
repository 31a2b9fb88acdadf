"""The judges, as an editable list and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from mexile.cases.models.judge import Judge
from mexile.cases.models.place import Place
from mexile.ground.db import db
from mexile.ground.errors import NotHere


def judges() -> Sequence[tuple[Judge, Place | None]]:
    """All judges with their court, by name."""
    rows = db.session.execute(
        select(Judge, Place).outerjoin(Place, Place.id == Judge.place_id).order_by(Judge.name, Judge.id)
    )
    return [(row.Judge, row.Place) for row in rows]


def get_judge(code: str) -> Judge:
    found = db.session.scalar(select(Judge).where(Judge.code == code))
    if found is None:
        raise NotHere(code)
    return found


def judge_choices() -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in db.session.execute(select(Judge.id, Judge.name).order_by(Judge.name))]
