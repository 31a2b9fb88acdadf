"""What a donor sees of their own giving, and of nobody else's."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.donors.models import Donor
from mexile.donors.queries import ids_of_mailbox
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift, GiftVoid
from mexile.gifts.gift.queries import disputes_of, state_by, totals_of
from mexile.gifts.gift.rules import State
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.ground import organization
from mexile.ground.db import db


@dataclass(frozen=True)
class OwnGift:
    """A gift as its donor sees it; the fee is the organization's affair."""

    code: str
    on: date
    cents: int | None
    currency: str
    fund: Fund
    state: State
    is_monthly: bool
    receipt: str
    description: str


@dataclass(frozen=True)
class OwnMonthly:
    """A monthly gift that runs."""

    code: str
    cents: int
    currency: str
    fund: Fund
    since: date
    is_declined: bool


def gifts_of(donor: Donor) -> list[OwnGift]:
    """Everything this donor gave, newest first. What was begun and never paid is not shown."""
    rows = db.session.execute(
        select(Gift, Fund, GiftVoid.gift_id)
        .join(Fund, Fund.code == Gift.fund_code)
        .outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id)
        .where(Gift.donor_id.in_(ids_of_mailbox(donor)), Gift.given_on.is_not(None))
        .order_by(Gift.given_on.desc(), Gift.id.desc())
    ).all()
    ids = [gift.id for gift, _, _ in rows]
    totals, disputes, receipts = totals_of(ids), disputes_of(ids), _receipts(ids)
    return [
        OwnGift(
            code=gift.code,
            on=gift.given_on,
            cents=gift.amount_cents,
            currency=gift.currency,
            fund=fund,
            state=state_by(gift, totals, disputes, is_void=voided is not None),
            is_monthly=gift.recurring_gift_id is not None,
            receipt=receipts.get(gift.id, ""),
            description=gift.description or "",
        )
        for gift, fund, voided in rows
        if gift.given_on is not None
    ]


def _receipts(ids: list[int]) -> dict[int, str]:
    """gift id -> the code of its good receipt, or else of its newest void one."""
    rows = db.session.execute(
        select(Receipt, ReceiptVoid.receipt_id)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.gift_id.in_(ids))
        .order_by(ReceiptVoid.receipt_id.is_(None), Receipt.version)
    )
    return {receipt.gift_id: receipt.code for receipt, _ in rows}


def monthly_of(donor: Donor) -> list[OwnMonthly]:
    """The monthly gifts of this donor that nobody stopped."""
    rows = db.session.execute(
        select(RecurringGift, Fund)
        .join(Fund, Fund.code == RecurringGift.fund_code)
        .outerjoin(RecurringGiftEnd, RecurringGiftEnd.recurring_gift_id == RecurringGift.id)
        .where(RecurringGift.donor_id.in_(ids_of_mailbox(donor)), RecurringGiftEnd.recurring_gift_id.is_(None))
        .order_by(RecurringGift.id)
    )
    zone = ZoneInfo(organization.zone())
    return [
        OwnMonthly(
            code=plan.code,
            cents=plan.amount_cents,
            currency=plan.currency,
            fund=fund,
            since=plan.started_at.astimezone(zone).date(),
            is_declined=plan.said in ("past_due", "unpaid"),
        )
        for plan, fund in rows
    ]


def owns_receipt(donor: Donor, receipt: Receipt) -> bool:
    gift = db.session.get_one(Gift, receipt.gift_id)
    return gift.donor_id in ids_of_mailbox(donor)
