"""The rows of a table: the code of each category, its name and its place among the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mexile.ground.both import Both
from mexile.ground.vocabulary import vocabulary
from mexile.reports.measures import TIMES
from mexile.reports.numbers import UNKNOWN, CategoryRow, Table
from mexile.reports.spec import TableSpec
from mexile.reports.wording import UNKNOWN_NAME, VOCABULARIES, name_of


def code_of(spec: TableSpec, key: Any) -> str:
    if key is None:
        return UNKNOWN
    if spec.by == "month":
        return f"{key // 100}-{key % 100:02d}"
    if spec.by == "quarter":
        return f"{key // 100}-Q{key % 100}"
    return band_code(key, spec.bands) if spec.by == "age" else str(key)


def band_code(start: int, bands: tuple[int, ...]) -> str:
    later = [other for other in sorted(bands) if other > start]
    return f"{start}-{later[0] - 1}" if later else f"{start}+"


def months_between(from_on: date, to_on: date, by: str) -> list[str]:
    codes: dict[str, None] = {}
    day = from_on.replace(day=1)
    while day <= to_on:
        key = day.year * 100 + (day.month if by == "month" else (day.month + 2) // 3)
        codes[f"{key // 100}-{key % 100:02d}" if by == "month" else f"{key // 100}-Q{key % 100}"] = None
        day = (day + timedelta(days=32)).replace(day=1)
    return list(codes)


def category_row(spec: TableSpec, code: str, values: dict[str, int], types: dict[str, Both]) -> CategoryRow:
    name = UNKNOWN_NAME if code == UNKNOWN else name_of(spec.by, code, types)
    return CategoryRow(
        code,
        name,
        tuple(values[measure] for measure in spec.measures),
        values["people"],
        int(code) if spec.by == "size" and code.isdigit() else None,
    )


def ordered(spec: TableSpec, rows: list[CategoryRow]) -> tuple[CategoryRow, ...]:
    """In the order of the calendar, of size, of the vocabulary; else the largest first.
    The unknown come last."""
    return tuple(sorted(rows, key=lambda row: (row.code == UNKNOWN, _place(spec, row), row.name.en)))


def _place(spec: TableSpec, row: CategoryRow) -> tuple[Any, ...]:
    if spec.by in TIMES:
        return (row.code,)
    if spec.by == "size":
        return (row.number or 0,)
    if spec.by == "cohort":
        return (row.code != "new",)
    if spec.by == "age":
        digits = row.code.rstrip("+").split("-")[0]
        return (int(digits) if digits.isdigit() else 0,)
    if spec.by in ("gender", "category"):
        known = list(vocabulary(VOCABULARIES[spec.by]))
        return (known.index(row.code) if row.code in known else len(known),)
    return (-(row.values[0] or 0),)


def reordered(table: Table) -> Table:
    """A table whose withheld rows stand after the shown ones, so that their place says nothing
    of their size; where the order is that of the calendar or a list it stays."""
    if table.spec.by in (*TIMES, "size", "cohort", "age", "gender", "category"):
        return table
    rows = sorted(
        table.rows,
        key=lambda row: (
            row.code == UNKNOWN,
            row.is_withheld,
            0 if row.is_withheld else -(row.values[0] or 0),
            row.name.en,
        ),
    )
    return replace(table, rows=tuple(rows))
