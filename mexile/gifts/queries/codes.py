"""The next public codes of donors and monthly gifts. Asked inside a write transaction, of which there is one at a time."""

from mexile.gifts.models import Donor, RecurringGift
from mexile.ground.codes import next_code


def next_donor_code() -> str:
    return next_code("D", Donor.code)


def next_recurring_code() -> str:
    return next_code("M", RecurringGift.code)
