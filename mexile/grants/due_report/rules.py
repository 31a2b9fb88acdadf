"""How many days are left to a report, and what can't be of one."""

from __future__ import annotations

from datetime import date

from mexile.ground.errors import Problem
from mexile.ground.hook import Hook

SOON = 14
"""A report due within so many days stands out."""

report_choices: Hook[[str], list[tuple[str, str]]] = Hook("the report files to choose from")
"""``report_choices(lang)``: (name, title) of each."""


def state_of(due_on: date, today: date, is_sent: bool) -> str:
    """The kind of mark of a due report: done, soon, or quiet. A late report is no danger to
    anybody: it is "soon" in words of its own."""
    if is_sent:
        return "done"
    return "soon" if (due_on - today).days <= SOON else "quiet"


def problems_of_due(period_from: date, period_to: date, due_on: date) -> list[Problem]:
    """A report is about days that lie before it is due."""
    problems = []
    if period_to < period_from:
        problems.append(
            Problem(
                "period_to",
                "The last day lies before the first one.",
                "El último día es anterior al primero.",
            )
        )
    if due_on < period_from:
        problems.append(
            Problem(
                "due_on",
                "It would be due before its period begins.",
                "Vencería antes de que empiece su periodo.",
            )
        )
    return problems
