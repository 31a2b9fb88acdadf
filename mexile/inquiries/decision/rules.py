"""The decisions on an inquiry: whose they are, and what has to stand before them."""

from datetime import datetime, timedelta

from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary

OURS = ("represent", "accompany", "refer", "cannot")
"""What an attorney decides."""
THEIRS = ("stayed", "elsewhere", "lost")
"""What the person decided, or that nobody can reach them any more."""
TAKEN = ("represent", "accompany")
NOT_TAKEN = ("refer", "cannot", *THEIRS)
OPEN_AGAIN = "open_again"

CHECK_HOLDS = timedelta(days=7)

NEEDS_CHECK = Problem(
    "decision",
    "Check for conflicts first: before we represent somebody, the names are compared with those we know.",
    "Revise primero si hay conflicto: antes de representar a alguien se comparan los nombres con los que conocemos.",
)
NEEDS_LOOK = Problem(
    "looked",
    "There is a possible conflict. Look into it and tick this before you decide to represent.",
    "Hay un posible conflicto. Revíselo y marque esta casilla antes de decidir representar.",
)


def reasons(decision: str) -> list[str]:
    """The reasons that fit a decision, in the order of the list."""
    return [code for code, term in vocabulary("decision_reason").items() if decision in term.more["of"]]


def reason_problems(decision: str, reason: str | None) -> list[Problem]:
    if reason in reasons(decision):
        return []
    return [
        Problem(
            "reason",
            "This reason doesn't fit the decision. Choose another.",
            "Este motivo no corresponde a la decisión. Elija otro.",
        )
    ]


def check_holds(checked_at: datetime | None, named_at: datetime | None, now: datetime) -> bool:
    """A conflict check counts for a week, and only until another name is written down."""
    if checked_at is None or now - checked_at > CHECK_HOLDS:
        return False
    return named_at is None or named_at <= checked_at
