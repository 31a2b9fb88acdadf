"""Monthly gifts by code, subscription and donor. The next code is asked for inside `writing()`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from mexile.donors.models import Donor
from mexile.donors.queries import ids_of_mailbox
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.ground.codes import next_code
from mexile.ground.db import db


def next_recurring_code() -> str:
    return next_code("M", RecurringGift.code)


def recurring_by_subscription(identifier: str) -> RecurringGift | None:
    return db.session.scalar(select(RecurringGift).where(RecurringGift.stripe_subscription == identifier))


def recurring_by_code(code: str) -> RecurringGift | None:
    return db.session.scalar(select(RecurringGift).where(RecurringGift.code == code))


def recurring_of(donor: Donor, code: str) -> RecurringGift | None:
    """A monthly gift of this donor; another mail address's doesn't exist for them."""
    where = (RecurringGift.code == code, RecurringGift.donor_id.in_(ids_of_mailbox(donor)))
    return db.session.scalar(select(RecurringGift).where(*where))


def has_ended(recurring: RecurringGift) -> bool:
    return db.session.get(RecurringGiftEnd, recurring.id) is not None


def monthly_givers(ends: Sequence[datetime]) -> list[int]:
    """How many monthly gifts ran at each of these moments. One query."""
    rows = db.session.execute(
        select(RecurringGift.started_at, RecurringGiftEnd.at).outerjoin(
            RecurringGiftEnd, RecurringGiftEnd.recurring_gift_id == RecurringGift.id
        )
    ).all()
    return [sum(begun < end and (over is None or over >= end) for begun, over in rows) for end in ends]
