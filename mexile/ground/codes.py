"""The next public code of a table: "ME-0413" after "ME-0412".

Asked inside `writing()`, of which there is one at a time over all threads and processes (a file lock
on SQLite, an advisory lock on PostgreSQL): nobody can take the same number between the question and
the row, and the unique constraint on the column would refuse it if somebody did. A transaction that
is undone takes its number with it; one that stands keeps it, for no row with a code is ever deleted.
Gaps do no harm: the next code follows the highest, not the count.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.ground.db import db, is_writing
from mexile.ground.errors import OpenTransaction


def next_code(prefix: str, column: InstrumentedAttribute[Any], width: int = 4) -> str:
    """One more than the highest number in `column`, with `prefix` and at least `width` digits."""
    if not is_writing():
        raise OpenTransaction("a code is given inside writing()")
    newest, taken, highest = _asked(column)
    connection = db.session.connection()
    code = _after(connection.scalar(newest), prefix, width)
    if connection.scalar(taken, {"code": code}):
        code = _after(connection.scalar(highest), prefix, width)
    return code


@cache
def _asked(column: InstrumentedAttribute[Any]) -> tuple[Select[Any], Select[Any], Select[Any]]:
    """The code of the newest row, which is nearly always the highest and found without reading the whole
    table; whether a code is taken; the highest one, where the longer code is the higher."""
    table = column.class_.__table__
    code = table.c[column.key]
    return (
        select(code).order_by(table.c.id.desc()).limit(1),
        select(code).where(code == bindparam("code")),
        select(code).order_by(func.length(code).desc(), code.desc()).limit(1),
    )


def _after(last: str | None, prefix: str, width: int) -> str:
    number = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{prefix}-{number:0{width}d}"
