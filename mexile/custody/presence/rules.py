"""Ready to go, and not out yet: what is missing, when somebody is late, and who is told at which step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from mexile.ground.errors import Problem

APPEARANCES = ("hearing", "ice_checkin", "biometrics", "interview")
"""The kinds of event at which somebody goes into a building that may keep them."""
GRACE = timedelta(minutes=15)
"""How long after the expected moment nobody is told yet: doors and elevators are slow."""
EVERY = timedelta(minutes=10)
"""The pause between two who are told."""
MINUTES = (30, 60, 90, 120, 180, 240)


def chain(lead: int | None, coordinators: Sequence[int], attorney: int | None) -> list[int]:
    """Who is told that somebody is not out, in order, each once: the one responsible, the coordinators, the attorney."""
    user_ids = [lead, *coordinators, attorney]
    return list(dict.fromkeys(user_id for user_id in user_ids if user_id is not None))


def told_at(people: Sequence[int], step: int) -> int | None:
    """Who is told at a step, counted from 0; None behind the last."""
    return people[step] if 0 <= step < len(people) else None


def due_at(expected: datetime, step: int) -> datetime:
    """The moment from which a step may be told."""
    return expected + GRACE + step * EVERY


def is_late(expected: datetime, moment: datetime) -> bool:
    return moment >= expected + GRACE


def enter_problems(entered: datetime, now: datetime) -> list[Problem]:
    """Nobody goes in later than now."""
    if entered > now + timedelta(minutes=1):
        return [Problem("at", "This hour has not come yet.", "Esa hora todavía no llega.")]
    if entered < now - timedelta(hours=24):
        return [Problem("at", "This is more than a day ago.", "Eso fue hace más de un día.")]
    return []


def leave_problems(entered: datetime | None, out: datetime, now: datetime) -> list[Problem]:
    """Nobody comes out who didn't go in, nor before going in, nor later than now."""
    if entered is None:
        return [
            Problem(
                "out_at",
                "Nobody has gone in yet. Press “We go in” first.",
                "Aún no ha entrado nadie. Primero presione «Entramos».",
            )
        ]
    if out < entered:
        return [Problem("out_at", "They can't be out before they went in.", "No pueden haber salido antes de entrar.")]
    if out > now + timedelta(minutes=1):
        return [Problem("out_at", "This hour has not come yet.", "Esa hora todavía no llega.")]
    return []


def readiness_problems(item: str, answer: str, reason: str | None, known: Mapping[str, Sequence[str]]) -> list[Problem]:
    """`known`: the codes of "item", "answer" and "reason". What isn't needed has a reason, and only that."""
    problems = []
    if item not in known["item"] or answer not in known["answer"]:
        problems.append(Problem("answer", "Choose one of the list.", "Elija uno de la lista."))
    if answer == "not_needed" and reason not in known["reason"]:
        problems.append(Problem("reason", "Say why it isn't needed.", "Diga por qué no hace falta."))
    return problems


def ready_count(answers: Mapping[str, str], items: Sequence[str]) -> tuple[int, int]:
    """How many things stand, of how many."""
    return sum(answers.get(item) in ("yes", "not_needed") for item in items), len(items)
