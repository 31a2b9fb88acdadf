"""Someone was detained: who is told at which step and when, and the letter that doesn't say so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mexile.ground.errors import Problem

WAIT = timedelta(minutes=5)
"""How long one waits for an answer before the next in line is told."""
LATER = timedelta(minutes=30)
"""The pause once everybody was told three times."""
ROUNDS = 3


def in_order(line: Sequence[int], first: int | None) -> list[int]:
    """The line as it is told: the person's own attorney first where she stands in it, then the others
    in their order."""
    if first in line:
        return [first, *(user_id for user_id in line if user_id != first)]  # type: ignore[list-item]
    return list(line)


def told_at(line: Sequence[int], step: int) -> int | None:
    """Who is told at a step, counted from 0; after the last the line begins again, since the alert
    stands until somebody has it. None where nobody stands in it."""
    return line[step % len(line)] if line else None


def next_at(line: Sequence[int], step: int, told: datetime) -> datetime:
    """When the step after this one is due, where `told` is the moment of this one."""
    return told + (WAIT if step + 1 < ROUNDS * max(len(line), 1) else LATER)


def family_words(holder: str | None, attorney_knows: bool) -> list[str]:
    """What is true to tell the family now: that somebody has it, or that the attorney knows, only once it is so,
    and another call today only where somebody has it who will make it."""
    known = "attorney_knows" if attorney_knows else "held" if holder else "heard"
    return [known, "sign_nothing", "stay_away", "ask_first", *(["call_again"] if holder else [])]


def who_problems(member_code: str | None, who: str | None) -> list[Problem]:
    """An alert is about somebody: one we know, or the words that were said."""
    if member_code or (who or "").strip():
        return []
    return [
        Problem(
            "who",
            "Say who. A first name as you heard it is enough.",
            "Diga quién. Basta un nombre, tal como lo oyó.",
        )
    ]


def phone_problem() -> Problem:
    return Problem(
        "phone",
        "This is no telephone number. From here it begins with 915.",
        "Esto no es un número de teléfono. Desde aquí empieza con 915.",
    )
