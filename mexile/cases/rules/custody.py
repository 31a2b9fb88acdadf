"""What can be and what can't in a custody: days in their order, and what a transfer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary


def start_problems(from_on: date | None, today: date) -> list[Problem]:
    """Nobody is detained tomorrow."""
    if from_on is None:
        return [Problem("from_on", "Say since which day.", "Diga desde qué día.")]
    if from_on > today:
        return [Problem("from_on", "This day has not come yet.", "Ese día todavía no llega.")]
    return []


def transfer_problems(
    *, on: date | None, started: date, last: date | None, ended: date | None, today: date
) -> list[Problem]:
    """Why nobody can have been moved on this day. `last`: the day of the last place that is known."""
    if on is None:
        return [Problem("on", "Say on which day.", "Diga en qué día.")]
    found = []
    if on < started:
        found.append(
            Problem(
                "on",
                "Nobody is transferred before being detained. The detention begins later than this day.",
                "Nadie puede ser trasladado antes de ser detenido. La detención empieza después de ese día.",
            )
        )
    elif last is not None and on <= last:
        found.append(
            Problem(
                "on",
                "There is a later or equal transfer already. Write them in their order.",
                "Ya hay un traslado en ese día o después. Anótelos en su orden.",
            )
        )
    if ended is not None and on > ended:
        found.append(Problem("on", "The person was free already on this day.", "Ese día la persona ya estaba libre."))
    if on > today:
        found.append(Problem("on", "This day has not come yet.", "Ese día todavía no llega."))
    return found


def end_problems(*, on: date | None, started: date, last: date | None, today: date) -> list[Problem]:
    """Why custody can't have ended on this day."""
    if on is None:
        return [Problem("on", "Say on which day.", "Diga en qué día.")]
    if on > today:
        return [Problem("on", "This day has not come yet.", "Ese día todavía no llega.")]
    if on < started or (last is not None and on < last):
        return [
            Problem(
                "on",
                "It can't end before it began or before the last transfer.",
                "No puede terminar antes de empezar ni antes del último traslado.",
            )
        ]
    return []


def bond_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """Everything that can't be in a bond, all at once: the order is asked, decided, posted, returned."""
    asked, decided, posted, returned = (
        values.get(name) for name in ("asked_on", "decided_on", "posted_on", "returned_on")
    )
    decision, found = values.get("decision"), []
    if asked is None:
        found.append(Problem("asked_on", "Say when it was asked for.", "Diga cuándo se pidió."))
    for name, day in (("asked_on", asked), ("decided_on", decided), ("posted_on", posted), ("returned_on", returned)):
        if day is not None and day > today:
            found.append(Problem(name, "This day has not come yet.", "Ese día todavía no llega."))
    if bool(decision) != bool(decided):
        place = "decision" if decided else "decided_on"
        found.append(
            Problem(
                place,
                "A decision has its day, and the day a decision.",
                "La decisión lleva su día, y el día su decisión.",
            )
        )
    if asked and decided and decided < asked:
        found.append(Problem("decided_on", "It was decided before it was asked for.", "Se decidió antes de pedirse."))
    if decision == "granted" and not values.get("amount_cents"):
        found.append(Problem("amount_cents", "Say the amount that the judge set.", "Diga el monto que fijó el juez."))
    if posted and (decision != "granted" or (decided and posted < decided)):
        found.append(
            Problem("posted_on", "A bond is posted after it was granted.", "La fianza se paga después de concedida.")
        )
    if returned and (posted is None or returned < posted):
        found.append(
            Problem(
                "returned_on",
                "A bond comes back after it was posted. Write the day it was posted first.",
                "La fianza se devuelve después de pagada. Escriba primero el día en que se pagó.",
            )
        )
    if posted and not values.get("payer"):
        found.append(Problem("payer", "Say who paid.", "Diga quién pagó."))
    return found


def supervision_problems(from_on: date | None, to_on: date | None) -> list[Problem]:
    if from_on is None:
        return [Problem("from_on", "Say since which day.", "Diga desde qué día.")]
    if to_on is not None and to_on < from_on:
        return [Problem("to_on", "It can't end before it began.", "No puede terminar antes de empezar.")]
    return []


def circuit_word(circuit: int | None, lang: str) -> str:
    """ "5th Circuit", "5.º Circuito"; nothing outside the country."""
    return "" if circuit is None else vocabulary("circuit").label(str(circuit), lang)


def changes(stays: Sequence[Any]) -> list[tuple[Any, int | None]]:
    """Each stay with the circuit that held before it, where it differs: (stay, circuit before or None)."""
    found: list[tuple[Any, int | None]] = []
    before: int | None = None
    for stay in stays:
        circuit = stay.place.circuit
        found.append((stay, before if before is not None and circuit is not None and circuit != before else None))
        before = circuit if circuit is not None else before
    return found
