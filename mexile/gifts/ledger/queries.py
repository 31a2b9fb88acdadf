"""What came in, month by month."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer, and_, cast, extract, func, select
from sqlalchemy.orm import aliased

from mexile.gifts.ledger.models import LedgerLine
from mexile.ground.db import db


def received_by_month(first: date, last: date) -> dict[date, int]:
    """The first day of each month in which anything came -> the cents received in dollars, of the days from `first` to
    `last`. One query; counted as a month's own page counts it."""
    fee = aliased(LedgerLine)
    cents = func.coalesce(LedgerLine.settled_cents, fee.settled_cents, LedgerLine.amount_cents)
    currency = func.coalesce(LedgerLine.settled_currency, fee.settled_currency, LedgerLine.currency)
    month = cast(extract("year", LedgerLine.on), Integer) * 100 + cast(extract("month", LedgerLine.on), Integer)
    rows = db.session.execute(
        select(month, func.sum(cents))
        .outerjoin(fee, and_(fee.kind == "fee", fee.source == LedgerLine.source, fee.gift_id == LedgerLine.gift_id))
        .where(LedgerLine.kind == "charge", LedgerLine.on.between(first, last), currency == "USD")
        .group_by(month)
    )
    return {date(number // 100, number % 100, 1): int(cents) for number, cents in rows}
