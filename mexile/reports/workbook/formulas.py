"""The summary's numbers as live formulas over Detail, for internal editions."""

from __future__ import annotations

from datetime import date

from mexile.reports.numbers import UNKNOWN, CategoryRow, Figure, Table
from mexile.reports.workbook.detail import Detail, table_weights, weight_of

AMOUNTS = ("minutes", "units", "money", "unnamed")


def of_figure(figure: Figure, detail: Detail, arrived: bool) -> str:
    """The formula of a single number."""
    measure = figure.spec.measure
    if arrived:
        return _arrived(measure, detail, "")
    weight = weight_of(measure, figure.scope.types, figure.scope.cohort, None)
    return _sum(measure, weight, detail, "")


def of_total(table: Table, measure: str, detail: Detail, arrived: bool) -> str:
    if arrived:
        return _arrived(measure, detail, "")
    return _sum(measure, table_weights(table, measure)[1], detail, "")


def of_cell(table: Table, row: CategoryRow, measure: str, detail: Detail, place: int, arrived: bool) -> str:
    """The formula of a row's cell; `place` is the sheet's row, whose column A holds the code."""
    by = table.spec.by
    only = f",{detail.range(by)},{_criterion(by, row, place)}"
    if arrived:
        return _arrived(measure, detail, only)
    return _sum(measure, table_weights(table, measure)[0], detail, only)


def _arrived(measure: str, detail: Detail, only: str) -> str:
    if measure == "parties":
        return f"=COUNTIFS({only[1:]})" if only else f"=COUNTA({detail.range('party')})"
    return f"=SUMIFS({detail.range('size')}{only})" if only else f"=SUM({detail.range('size')})"


def _sum(measure: str, weight: object, detail: Detail, only: str) -> str:
    marks = detail.range(weight)
    if measure in AMOUNTS:
        return f"=SUMIFS({detail.range(measure)},{marks},1{only})"
    return f"=SUMIFS({marks}{only})" if only else f"=SUM({marks})"


def _criterion(by: str, row: CategoryRow, place: int) -> str:
    """What a row's code is compared with. Days are compared as days and ages as numbers,
    since a program may read the text "2026-03" or "0-12" as a date."""
    if row.code == UNKNOWN:
        return f'"{UNKNOWN}"'
    if by in ("day", "week", "month"):
        day = date.fromisoformat(row.code if by != "month" else f"{row.code}-01")
        return f"DATE({day.year},{day.month},{day.day})"
    if by == "age":
        return row.code.rstrip("+").split("-")[0]
    if by == "size":
        return row.code
    return f"$A{place}"
