"""What a dispute's status at Stripe means for us."""

OVER = {"won": "won", "lost": "lost", "warning_closed": "", "prevented": ""}
"""Stripe's last words, and ours: a question of the bank that was settled, or a refund made in time, leaves nothing behind."""


def outcome_of(said: str) -> str:
    """ "open", "won", "lost", or "" when it ended without anything. A status unknown here is open: somebody looks."""
    return OVER.get(said, "open")


def asks_for_answer(said: str) -> bool:
    """Whether Stripe still takes an answer: once it was sent, the bank decides."""
    return said.endswith("needs_response")
