"""What can't be of a bond: it is asked, decided, posted, returned, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem


def bond_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """Everything that can't be in a bond, all at once: the order is asked, decided, posted, returned."""
    asked, decided, posted, returned = (
        values.get(name) for name in ("asked_on", "decided_on", "posted_on", "returned_on")
    )
    decision, problems = values.get("decision"), list[Problem]()
    if asked is None:
        problems.append(Problem("asked_on", "Say when it was asked for.", "Diga cuándo se pidió."))
    for name, day in (("asked_on", asked), ("decided_on", decided), ("posted_on", posted), ("returned_on", returned)):
        problems += not_in_the_future(name, day, today)
    if bool(decision) != bool(decided):
        place = "decision" if decided else "decided_on"
        problems.append(
            Problem(
                place,
                "A decision has its day, and the day a decision.",
                "La decisión lleva su día, y el día su decisión.",
            )
        )
    if asked and decided and decided < asked:
        problems.append(
            Problem("decided_on", "It was decided before it was asked for.", "Se decidió antes de pedirse.")
        )
    if decision == "granted" and not values.get("amount_cents"):
        problems.append(
            Problem("amount_cents", "Say the amount that the judge set.", "Diga el monto que fijó el juez.")
        )
    if posted and (decision != "granted" or (decided and posted < decided)):
        problems.append(
            Problem("posted_on", "A bond is posted after it was granted.", "La fianza se paga después de concedida.")
        )
    if returned and (posted is None or returned < posted):
        problems.append(
            Problem(
                "returned_on",
                "A bond comes back after it was posted. Write the day it was posted first.",
                "La fianza se devuelve después de pagada. Escriba primero el día en que se pagó.",
            )
        )
    if posted and not values.get("payer"):
        problems.append(Problem("payer", "Say who paid.", "Diga quién pagó."))
    return problems
