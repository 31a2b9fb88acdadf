"""One figure for the first page of those who may see gifts: what is still on its way."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.models.gift import Gift
from mexile.gifts.models.ledger import LedgerLine
from mexile.ground.db import db


class Confirming(NamedTuple):
    """Gifts that their banks still confirm: how many, and what they come to, a sum a currency: (cents, currency)."""

    gifts: int
    sums: tuple[tuple[int, str], ...] = ()


def confirming(viewer: Viewer) -> Confirming:
    """Gifts by Stripe that aren't paid yet and have no charge. Opens no name. One query."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        return Confirming(0)
    charged = select(LedgerLine.id).where(LedgerLine.gift_id == Gift.id, LedgerLine.kind == "charge")
    waiting = (Gift.given_on.is_(None), Gift.said.in_(("processing", "succeeded")), ~charged.exists())
    rows = db.session.execute(
        select(func.count(), func.sum(Gift.amount_cents), Gift.currency).where(*waiting).group_by(Gift.currency)
    ).all()
    sums = tuple(sorted(((cents or 0, currency) for _, cents, currency in rows), key=lambda sum: sum[1] != "USD"))
    return Confirming(sum(count for count, *_ in rows), sums)
