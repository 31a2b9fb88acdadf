"""Pure functions of reports: which days a page offers first. And what the acts of this house
are called in the trail."""

from __future__ import annotations

from datetime import date, timedelta

from mexile.access.rules import name_act
from mexile.ground.errors import Problem

name_act("report.export", "Made the Excel file of a report", "Creó el archivo Excel de un informe")
name_act("report.again", "Took the file of a report again", "Tomó de nuevo el archivo de un informe")

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def last_period(kind: str, today: date) -> tuple[date, date]:
    """The last whole month, quarter, half or year before `today`."""
    months = MONTHS[kind]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    last = first - timedelta(days=1)
    return date(last.year, (last.month - 1) // months * months + 1, 1), last


def problems_of_release(from_on: date, to_on: date) -> list[Problem]:
    """Who may see no member chooses whole months: two periods that differ by a few days,
    subtracted, would show the few people of those days."""
    if from_on.day == 1 and (to_on + timedelta(days=1)).day == 1:
        return []
    return [
        Problem(
            "from",
            "Choose whole months: from the first day of one to the last day of one.",
            "Elija meses completos: del primer día de un mes al último de otro.",
        )
    ]
