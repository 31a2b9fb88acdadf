"""The tables of the gifts' house, one noun a file."""

from mexile.gifts.models.dispute import Dispute
from mexile.gifts.models.donor import Donor, DonorAnswer, DonorLink, DonorLinkUse, DonorQuestion
from mexile.gifts.models.fund import Fund
from mexile.gifts.models.gift import Gift, GiftVoid
from mexile.gifts.models.ledger import LedgerLine
from mexile.gifts.models.receipt import Receipt, ReceiptBook, ReceiptText, ReceiptVoid
from mexile.gifts.models.recurring import RecurringGift, RecurringGiftEnd
from mexile.gifts.models.stripe_event import StripeEvent, Unmatched, UnmatchedClosure

__all__ = [
    "Dispute",
    "Donor",
    "DonorAnswer",
    "DonorLink",
    "DonorLinkUse",
    "DonorQuestion",
    "Fund",
    "Gift",
    "GiftVoid",
    "LedgerLine",
    "Receipt",
    "ReceiptBook",
    "ReceiptText",
    "ReceiptVoid",
    "RecurringGift",
    "RecurringGiftEnd",
    "StripeEvent",
    "Unmatched",
    "UnmatchedClosure",
]
