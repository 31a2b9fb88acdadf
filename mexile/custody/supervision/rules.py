"""What can't be of a supervision: it ends after it began."""

from __future__ import annotations

from datetime import date

from mexile.ground.errors import Problem


def supervision_problems(from_on: date | None, to_on: date | None) -> list[Problem]:
    if from_on is None:
        return [Problem("from_on", "Say since which day.", "Diga desde qué día.")]
    if to_on is not None and to_on < from_on:
        return [Problem("to_on", "It can't end before it began.", "No puede terminar antes de empezar.")]
    return []
