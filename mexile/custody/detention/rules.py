"""What can be of a detention: days in their order, and what a transfer means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary


def start_problems(from_on: date | None, today: date) -> list[Problem]:
    """Nobody is detained tomorrow."""
    if from_on is None:
        return [Problem("from_on", "Say since which day.", "Diga desde qué día.")]
    return not_in_the_future("from_on", from_on, today)


def transfer_problems(
    *, on: date | None, started: date, last: date | None, ended: date | None, today: date
) -> list[Problem]:
    """Why nobody can have been moved on this day. `last`: the day of the last place that is known."""
    if on is None:
        return [Problem("on", "Say on which day.", "Diga en qué día.")]
    problems = []
    if on < started:
        problems.append(
            Problem(
                "on",
                "Nobody is transferred before being detained. The detention begins later than this day.",
                "Nadie puede ser trasladado antes de ser detenido. La detención empieza después de ese día.",
            )
        )
    elif last is not None and on <= last:
        problems.append(
            Problem(
                "on",
                "There is a later or equal transfer already. Write them in their order.",
                "Ya hay un traslado en ese día o después. Anótelos en su orden.",
            )
        )
    if ended is not None and on > ended:
        problems.append(
            Problem("on", "The person was free already on this day.", "Ese día la persona ya estaba libre.")
        )
    return problems + not_in_the_future("on", on, today)


def end_problems(*, on: date | None, started: date, last: date | None, today: date) -> list[Problem]:
    """Why custody can't have ended on this day."""
    if on is None:
        return [Problem("on", "Say on which day.", "Diga en qué día.")]
    if problems := not_in_the_future("on", on, today):
        return problems
    if on < started or (last is not None and on < last):
        return [
            Problem(
                "on",
                "It can't end before it began or before the last transfer.",
                "No puede terminar antes de empezar ni antes del último traslado.",
            )
        ]
    return []


def circuit_word(circuit: int | None, lang: str) -> str:
    """ "5th Circuit", "5.º Circuito"; nothing outside the country."""
    return "" if circuit is None else vocabulary("circuit").label(str(circuit), lang)


def changes(stays: Sequence[Any]) -> list[tuple[Any, int | None]]:
    """Each stay with the circuit that held before it, where it differs: (stay, circuit before or None)."""
    moves: list[tuple[Any, int | None]] = []
    before: int | None = None
    for stay in stays:
        circuit = stay.place.circuit
        moves.append((stay, before if before is not None and circuit is not None and circuit != before else None))
        before = circuit if circuit is not None else before
    return moves
