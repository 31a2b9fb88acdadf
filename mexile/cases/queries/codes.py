"""The next public codes of cases. Asked inside a write transaction, of which there is one at a time."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.cases.models.case import Case
from mexile.cases.models.judge import Judge
from mexile.cases.models.place import Place
from mexile.cases.models.proceeding import Proceeding
from mexile.ground.db import db


def next_place_code() -> str:
    return next_code("PL", Place.code)


def next_case_code() -> str:
    return next_code("C", Case.code)


def next_proceeding_code() -> str:
    return next_code("P", Proceeding.code)


def next_judge_code() -> str:
    return next_code("J", Judge.code)


def next_code(prefix: str, column: InstrumentedAttribute[Any]) -> str:
    """One more than the highest number; the longer code is the higher one beyond 9999."""
    last = db.session.scalar(select(column).order_by(func.length(column).desc(), column.desc()).limit(1))
    return f"{prefix}-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"
