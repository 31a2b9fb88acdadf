"""Pure functions of grants: how many days are left, whether a promise is on its way, what a
form asks for. And what the acts of this house are called in the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mexile.access.rules import name_act
from mexile.ground.errors import Problem

SOON = 14
"""A report due within so many days stands out."""

report_choices: Callable[[str], list[tuple[str, str]]] = lambda lang: []
"""(name, title) of the report files; the house of reports puts its function here."""

for _act, _en, _es in (
    ("grant.record", "Recorded a grant", "Registró una subvención"),
    ("grant.change", "Changed a grant", "Modificó una subvención"),
    ("grant.due", "Entered a report that is due", "Anotó un informe por entregar"),
    ("grant.submit", "Noted that a report was sent", "Anotó que se entregó un informe"),
    ("grant.submit_void", "Took back that a report was sent", "Deshizo la entrega de un informe"),
    ("grant.indicator", "Entered an indicator", "Anotó un indicador"),
    ("grant.indicator_out", "Took an indicator out", "Quitó un indicador"),
    ("grant.indicator_back", "Put an indicator back", "Repuso un indicador"),
):
    name_act(_act, _en, _es)


def state_of(due_on: date, today: date, is_sent: bool) -> str:
    """The kind of mark of a due report: done, soon, or quiet. A late report is no danger to
    anybody: it is "soon" in words of its own."""
    if is_sent:
        return "done"
    return "soon" if (due_on - today).days <= SOON else "quiet"


def is_behind(value: int, target: int, from_on: date, to_on: date, today: date) -> bool:
    """Whether less was reached than the time that has passed would ask for, by a tenth and more."""
    whole = (to_on - from_on).days + 1
    passed = min(max((today - from_on).days + 1, 0), whole)
    return 10 * value * whole < 9 * target * passed


def problems_of_award(from_on: date, to_on: date) -> list[Problem]:
    if to_on >= from_on:
        return []
    return [
        Problem(
            "to_on",
            "The last day lies before the first one.",
            "El último día es anterior al primero.",
        )
    ]


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
