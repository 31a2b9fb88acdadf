"""Pure functions of reports: which days a page offers first. And what the acts of this house
are called in the trail."""

from __future__ import annotations

from datetime import date, timedelta

from mexile.access.rules import name_act

name_act("report.export", "Made the Excel file of a report", "Creó el archivo Excel de un reporte")

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def last_period(kind: str, today: date) -> tuple[date, date]:
    """The last whole month, quarter, half or year before `today`."""
    months = MONTHS[kind]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    last = first - timedelta(days=1)
    return date(last.year, (last.month - 1) // months * months + 1, 1), last
