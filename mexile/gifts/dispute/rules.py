"""What a dispute's status at Stripe means for us."""

OVER = {"won": "won", "lost": "lost", "warning_closed": "", "prevented": ""}
"""Stripe's last words, and ours: a question of the bank that was settled, or a refund made in time, leaves nothing behind."""


def outcome_of(status: str) -> str:
    """ "open", "won", "lost", or "" when it ended without anything. A status unknown here is open: somebody looks."""
    return OVER.get(status, "open")


def asks_for_answer(status: str) -> bool:
    """Whether somebody must look at it: once an answer was sent, the bank decides. So too of a status unknown here."""
    return status not in OVER and not status.endswith("under_review")
