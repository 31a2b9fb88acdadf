"""Gifts as lines, each with what moved of it, in the currency that it came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from mexile.donors.models import Donor
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.dispute.rules import outcome_of
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift, GiftVoid
from mexile.gifts.gift.rules import State, state_of
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.ground.db import db
from mexile.ground.rule_change import rule_changes


def gift_by_code(code: str) -> Gift | None:
    return db.session.scalar(select(Gift).where(Gift.code == code))


def gift_by_intent(intent: str, code: str | None) -> Gift | None:
    """The gift of a payment: by the payment itself, or else by the code that Stripe kept for us."""
    gift = db.session.scalar(select(Gift).where(Gift.stripe_payment_intent == intent))
    if gift is None and code:
        gift = gift_by_code(code)
        # A code names one payment: another one with the same metadata is not this gift.
        if gift is not None and gift.stripe_payment_intent not in (None, intent):
            return None
    return gift


def gifts_of_form(mark: bytes) -> list[Gift]:
    return list(db.session.scalars(select(Gift).where(Gift.form_mark == mark)))


def totals_of(gift_ids: list[int]) -> dict[int, dict[str, int]]:
    """gift id -> the sums of its ledger lines by kind."""
    rows = db.session.execute(
        select(LedgerLine.gift_id, LedgerLine.kind, func.sum(LedgerLine.amount_cents))
        .where(LedgerLine.gift_id.in_(gift_ids))
        .group_by(LedgerLine.gift_id, LedgerLine.kind)
    )
    sums: dict[int, dict[str, int]] = {}
    for gift_id, kind, cents in rows:
        sums.setdefault(gift_id, {})[kind] = cents
    return sums


def disputes_of(gift_ids: list[int]) -> dict[int, str]:
    """gift id -> the gravest outcome of its disputes: open before lost before won."""
    rows = db.session.execute(select(Dispute.gift_id, Dispute.said).where(Dispute.gift_id.in_(gift_ids)))
    gravest: dict[int, str] = {}
    for gift_id, status in rows:
        if gift_id is None:  # a dispute of no gift of ours, which the query doesn't give
            continue
        gravest[gift_id] = min(gravest.get(gift_id, ""), outcome_of(status), key=("open", "lost", "won", "").index)
    return gravest


def state_by(gift: Gift, totals: dict[int, dict[str, int]], disputes: dict[int, str], *, is_void: bool) -> State:
    """The state of a gift among several, of which `totals_of` and `disputes_of` were asked together."""
    return state_of(
        said=gift.said,
        totals=totals.get(gift.id, {}),
        is_by_stripe=gift.is_by_stripe,
        is_void=is_void,
        dispute=disputes.get(gift.id, ""),
    )


def state_of_gift(gift: Gift) -> State:
    """The state of one gift, from its lines and what Stripe last said."""
    is_void = db.session.get(GiftVoid, gift.id) is not None
    return state_by(gift, totals_of([gift.id]), disputes_of([gift.id]), is_void=is_void)


@dataclass(frozen=True)
class GiftRow:
    """One gift as a line: what moved (in the month asked for, or in all), and its state.

    The sums are in ``currency``, that of the balance it came into; ``given`` is what was given, where that is another.
    """

    code: str
    on: date | None
    donor: str
    name: str
    channel: str
    fund: Fund
    received: int
    fee: int
    back: int
    state: State
    is_monthly: bool
    receipt: str
    description: str
    currency: str = "USD"
    given: tuple[int, str] | None = None

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back

    @property
    def is_in_kind(self) -> bool:
        return self.channel == "in_kind"


def changes_in(rows: list[GiftRow]) -> list[tuple[str, date]]:
    """The ways of counting that changed after some of these lines were booked, each with its day."""
    changes = rule_changes({"currency"})
    return [(code, since) for code, since in changes if any(row.on and row.on < since for row in rows)]


def moves() -> Select:
    """By gift and currency: what came, the fee, what went back, and the first day of it. Sums in SQL.

    Each line counts in the currency of the balance; a charge whose fee is not known yet still in its own.
    """
    fee = aliased(LedgerLine)
    is_fee = LedgerLine.kind == "fee"
    own = func.coalesce(LedgerLine.settled_cents, fee.settled_cents, LedgerLine.amount_cents)
    cents = case((is_fee, LedgerLine.amount_cents), else_=own)
    currency = func.coalesce(LedgerLine.settled_currency, fee.settled_currency, LedgerLine.currency)

    def total(*kinds: str) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((LedgerLine.kind.in_(kinds), cents), else_=0)), 0)

    return (
        select(
            LedgerLine.gift_id,
            currency.label("currency"),
            func.min(LedgerLine.on, type_=Date).label("on"),
            total("charge").label("received"),
            (-total("fee", "dispute_fee")).label("fee"),
            (-total("refund", "refund_failed", "dispute", "reinstated")).label("back"),
        )
        .outerjoin(
            fee,
            and_(
                LedgerLine.kind == "charge",
                fee.kind == "fee",
                fee.source == LedgerLine.source,
                fee.gift_id == LedgerLine.gift_id,
            ),
        )
        .group_by(LedgerLine.gift_id, currency)
    )


def by_gift(moved: Select) -> dict[int, list[Any]]:
    """gift id -> what moved of it, a row a currency, dollars first."""
    rows: dict[int, list[Any]] = {}
    for row in sorted(db.session.execute(moved), key=lambda row: row.currency != "USD"):
        rows.setdefault(row.gift_id, []).append(row)
    return rows


def rows_of(ids: Iterable[int], moved: dict[int, list[Any]]) -> list[GiftRow]:
    """The lines of these gifts, in a fixed number of queries; a gift that moved in two currencies has two."""
    ids = list(ids)
    receipts = _good_receipts(ids)
    totals, disputes = totals_of(ids), disputes_of(ids)
    gifts = db.session.execute(
        select(Gift, Donor, Fund, GiftVoid.gift_id)
        .outerjoin(Donor, Donor.id == Gift.donor_id)
        .join(Fund, Fund.code == Gift.fund_code)
        .outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id)
        .where(Gift.id.in_(ids))
    )
    rows = []
    for gift, donor, fund, voided in gifts:
        for move in moved.get(gift.id, [None]):
            currency = move.currency if move else gift.currency
            row = GiftRow(
                code=gift.code,
                on=move.on if move else gift.given_on,
                donor=donor.code if donor else "",
                name=gift.name or (donor.name if donor else (gift.asked or "").partition("\n")[0]) or "",
                channel=gift.channel,
                fund=fund,
                received=move.received if move else 0,
                fee=move.fee if move else 0,
                back=move.back if move else 0,
                state=state_by(gift, totals, disputes, is_void=voided is not None),
                is_monthly=gift.recurring_gift_id is not None,
                receipt=receipts.get(gift.id, ""),
                description=gift.description or "",
                currency=currency,
                given=(gift.amount_cents, gift.currency) if gift.amount_cents and gift.currency != currency else None,
            )
            rows.append((row.on or date.min, gift.id, row))
    return [row for _, _, row in sorted(rows, key=lambda dated: dated[:2], reverse=True)]


def _good_receipts(ids: list[int]) -> dict[int, str]:
    receipts = db.session.scalars(
        select(Receipt)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.gift_id.in_(ids), ReceiptVoid.receipt_id.is_(None))
    )
    return {receipt.gift_id: receipt.code for receipt in receipts}


@dataclass(frozen=True)
class NewGift:
    """A gift to thank for."""

    code: str
    donor: str
    name: str
    cents: int | None
    currency: str
    on: date | None


def gifts_to_thank_for(since: date, most: int = 5) -> tuple[list[NewGift], int, int]:
    """The gifts since a day that are no month of a monthly one, the largest first and `most` of them; how many there are
    in all; and of how many no mail address is known. Two queries; it opens the names that it shows."""
    where = (Gift.given_on >= since, Gift.recurring_gift_id.is_(None), GiftVoid.gift_id.is_(None))
    given = select(Gift, Donor).join(Donor, Donor.id == Gift.donor_id)
    given = given.outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id).where(*where)
    rows = db.session.execute(given.order_by(Gift.amount_cents.desc().nulls_last(), Gift.id.desc()).limit(most))
    shown = [
        NewGift(gift.code, donor.code, gift.name or donor.name or "", gift.amount_cents, gift.currency, gift.given_on)
        for gift, donor in rows
    ]
    without_mail = func.coalesce(func.sum(case((Donor.email_bidx.is_(None), 1), else_=0)), 0)
    count, on_paper = db.session.execute(given.with_only_columns(func.count(), without_mail)).one()
    return shown, count, on_paper
