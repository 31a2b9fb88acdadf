"""Who waits for an answer of ours, since when, and how urgent that is."""

from datetime import date, timedelta

from mexile.inquiries.decision.rules import NOT_TAKEN

LONGEST = timedelta(days=14)
"""Nobody is left without an answer: an inquiry without a decision after these days is overdue."""

URGENCIES = ("danger", "days", "weeks", "asking")
"""How soon a person needs an answer, the gravest first."""

FIRST_ANSWER = {"danger": 0, "days": 2, "weeks": 7}
"""Days after which the first answer is due, by urgency, unless somebody says another day."""

UNDECIDED, UNTOLD, UNWRITTEN, OVER = "undecided", "untold", "unwritten", "over"


def due_on(asked_on: date, urgency: str | None) -> date:
    """The day by which we answer when nobody says another: the same day in danger, two weeks at the latest."""
    return asked_on + timedelta(days=FIRST_ANSWER.get(urgency or "", LONGEST.days))


def stage(decision: str | None, is_told: bool, is_member: bool) -> str:
    """What an inquiry waits for: a decision, telling it, writing a member down, or nothing more.

    ``decision``: the one that stands. What the person decided needs no telling.
    """
    if is_member:
        return OVER
    if decision is None:
        return UNDECIDED
    if decision in ("represent", "accompany"):
        return UNWRITTEN if is_told else UNTOLD
    return UNTOLD if decision in ("refer", "cannot") and not is_told else OVER


def status(was_talked_with: bool, decision: str | None, is_member: bool) -> str:
    """Where the person stands on the way of ``members.rules.status``: "inquiry" until somebody talked with
    them, then "consulted"; "closed" when we don't take them; "member" once they have a record."""
    if is_member:
        return "member"
    if decision in NOT_TAKEN:
        return "closed"
    return "consulted" if was_talked_with else "inquiry"


def is_overdue(asked_on: date, stage: str, today: date) -> bool:
    """No decision after fourteen days: on the fifteenth the inquiry turns red."""
    return stage == UNDECIDED and today - asked_on > LONGEST


def state(asked_on: date, answer_due_on: date, stage: str, today: date) -> str:
    """The state of the page's tag: `now` without a decision after two weeks, `soon` on and after the day
    on which we said we would answer, otherwise `quiet`; `done` when nobody waits."""
    if stage == OVER:
        return "done"
    if is_overdue(asked_on, stage, today):
        return "now"
    return "soon" if answer_due_on <= today else "quiet"
