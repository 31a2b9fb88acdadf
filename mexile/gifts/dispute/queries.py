"""Disputes that are open, for those who handle gifts."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.dispute.rules import OVER, asks_for_answer
from mexile.gifts.gift.models import Gift
from mexile.ground import organization
from mexile.ground.db import db


@dataclass(frozen=True)
class OpenDispute:
    """A dispute nobody has decided. ``gift`` is empty while the payment is unmatched, ``due_on`` while none is named."""

    stripe_dispute: str
    gift: str
    cents: int
    currency: str
    due_on: date | None
    asks_for_answer: bool

    @property
    def is_over(self) -> bool:
        """Whether the last day to answer has passed."""
        return self.due_on is not None and self.due_on < organization.today()


def open_disputes(viewer: Viewer) -> list[OpenDispute]:
    """Every open dispute, the first to end first. One query; opens no name."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        return []
    zone = ZoneInfo(organization.zone())
    rows = db.session.execute(
        select(Dispute, Gift.code)
        .outerjoin(Gift, Gift.id == Dispute.gift_id)
        .where(Dispute.said.not_in(list(OVER)))
        .order_by(Dispute.due_at.is_(None), Dispute.due_at, Dispute.id)
    )
    return [
        OpenDispute(
            stripe_dispute=dispute.stripe_dispute,
            gift=code or "",
            cents=dispute.amount_cents,
            currency=dispute.currency,
            due_on=dispute.due_at.astimezone(zone).date() if dispute.due_at else None,
            asks_for_answer=asks_for_answer(dispute.said),
        )
        for dispute, code in rows
    ]


def disputes_to_answer(viewer: Viewer) -> list[OpenDispute]:
    """Those that still take an answer. One query."""
    return [row for row in open_disputes(viewer) if row.asks_for_answer]
