"""One gift with everything that happened to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.donors.models import Donor
from mexile.donors.queries import allowed
from mexile.gifts.gift.models import Gift, GiftVoid
from mexile.gifts.gift.queries import GiftRow, by_gift, moves, rows_of
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.gifts.recurring.models import RecurringGift
from mexile.ground.db import db
from mexile.ground.errors import NotHere


@dataclass(frozen=True)
class OneGift:
    """A gift with everything that happened to it."""

    row: GiftRow
    rows: list[GiftRow]
    lines: list[LedgerLine]
    receipts: list[tuple[Receipt, ReceiptVoid | None]]
    has_email: bool
    address: str
    cents: int | None
    currency: str
    benefit: str
    benefit_cents: int | None
    is_by_stripe: bool
    void: GiftVoid | None
    made_at: datetime
    plan: str | None


def one_gift(viewer: Viewer, code: str) -> tuple[Gift, OneGift]:
    """The gift with this code, or NotHere."""
    allowed(viewer)
    gift = db.session.scalar(select(Gift).where(Gift.code == code))
    if gift is None:
        raise NotHere(code)
    moved = by_gift(moves().where(LedgerLine.gift_id == gift.id))
    receipts = db.session.execute(
        select(Receipt, ReceiptVoid)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.gift_id == gift.id)
        .order_by(Receipt.version)
    )
    plan = db.session.get(RecurringGift, gift.recurring_gift_id) if gift.recurring_gift_id else None
    donor = db.session.get(Donor, gift.donor_id) if gift.donor_id else None
    rows = rows_of([gift.id], moved)
    return gift, OneGift(
        row=rows[0],
        rows=rows,
        lines=list(db.session.scalars(select(LedgerLine).where(LedgerLine.gift_id == gift.id).order_by(LedgerLine.id))),
        receipts=[(receipt, void) for receipt, void in receipts],
        has_email=donor is not None and donor.email_bidx is not None,
        address=gift.address or "",
        cents=gift.amount_cents,
        currency=gift.currency,
        benefit=gift.benefit or "",
        benefit_cents=gift.benefit_cents,
        is_by_stripe=gift.is_by_stripe,
        void=db.session.get(GiftVoid, gift.id),
        made_at=gift.made_at,
        plan=plan.code if plan else None,
    )
