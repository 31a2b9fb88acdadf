"""The judges, as an editable list and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from mexile.cases.judge.models import Judge
from mexile.cases.place.models import Place
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere


def next_judge_code() -> str:
    return next_code("J", Judge.code)


def judges() -> Sequence[tuple[Judge, Place | None]]:
    """All judges with their court, by name."""
    rows = db.session.execute(
        select(Judge, Place).outerjoin(Place, Place.id == Judge.place_id).order_by(Judge.name, Judge.id)
    )
    return [(row.Judge, row.Place) for row in rows]


def get_judge(code: str) -> Judge:
    judge = db.session.scalar(select(Judge).where(Judge.code == code))
    if judge is None:
        raise NotHere(code)
    return judge


def judge_choices() -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in db.session.execute(select(Judge.id, Judge.name).order_by(Judge.name))]
