"""The next public codes of donors and monthly gifts. Asked inside a write transaction, of which there is one at a time."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.gifts.models import Donor, RecurringGift
from mexile.ground.db import db


def next_donor_code() -> str:
    return _next("D", Donor.code)


def next_recurring_code() -> str:
    return _next("M", RecurringGift.code)


def _next(prefix: str, column: InstrumentedAttribute[Any]) -> str:
    """One more than the highest number; the longer code is the higher one beyond 9999."""
    last = db.session.scalar(select(column).order_by(func.length(column).desc(), column.desc()).limit(1))
    return f"{prefix}-{int(last.rpartition('-')[2]) + 1 if last else 1:04d}"
