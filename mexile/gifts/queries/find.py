"""Finding one row by what is known of it."""

from sqlalchemy import func, select

from mexile.gifts.models import (
    Dispute,
    Donor,
    Fund,
    Gift,
    GiftVoid,
    LedgerLine,
    Receipt,
    ReceiptVoid,
    RecurringGift,
    RecurringGiftEnd,
)
from mexile.gifts.rules.dispute import outcome_of
from mexile.gifts.rules.names import normal_email
from mexile.gifts.rules.state import State, state_of
from mexile.ground import seal
from mexile.ground.db import db


def email_index(email: str) -> bytes:
    """The blind index of a donor's mail address."""
    return seal.blind("donor.email", normal_email(email))


def donors_by_email(index: bytes) -> list[Donor]:
    """The donors with this address, the oldest first: two people may share one."""
    return list(db.session.scalars(select(Donor).where(Donor.email_bidx == index).order_by(Donor.id)))


def donor_by_email(index: bytes) -> Donor | None:
    """The donor with this address; the oldest, where two share one."""
    return next(iter(donors_by_email(index)), None)


def ids_of_mailbox(donor: Donor) -> list[int]:
    """This donor, and who else gives with the same mail address: whoever reads its mail sees the gifts of all."""
    if donor.email_bidx is None:
        return [donor.id]
    return [other.id for other in donors_by_email(donor.email_bidx)]


def donor_by_code(code: str) -> Donor | None:
    return db.session.scalar(select(Donor).where(Donor.code == code))


def gift_by_code(code: str) -> Gift | None:
    return db.session.scalar(select(Gift).where(Gift.code == code))


def gift_by_intent(intent: str, code: str | None) -> Gift | None:
    """The gift of a payment: by the payment itself, or else by the code that Stripe kept for us."""
    found = db.session.scalar(select(Gift).where(Gift.stripe_payment_intent == intent))
    if found is None and code:
        found = gift_by_code(code)
        # A code names one payment: another one with the same metadata is not this gift.
        if found is not None and found.stripe_payment_intent not in (None, intent):
            return None
    return found


def gifts_of_form(mark: bytes) -> list[Gift]:
    return list(db.session.scalars(select(Gift).where(Gift.form_mark == mark)))


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


def funds_offered() -> list[Fund]:
    return list(db.session.scalars(select(Fund).where(Fund.position > 0).order_by(Fund.position, Fund.code)))


def totals_of(gift_ids: list[int]) -> dict[int, dict[str, int]]:
    """gift id -> the sums of its ledger lines by kind."""
    rows = db.session.execute(
        select(LedgerLine.gift_id, LedgerLine.kind, func.sum(LedgerLine.amount_cents))
        .where(LedgerLine.gift_id.in_(gift_ids))
        .group_by(LedgerLine.gift_id, LedgerLine.kind)
    )
    found: dict[int, dict[str, int]] = {}
    for gift_id, kind, cents in rows:
        found.setdefault(gift_id, {})[kind] = cents
    return found


def disputes_of(gift_ids: list[int]) -> dict[int, str]:
    """gift id -> the gravest outcome of its disputes: open before lost before won."""
    rows = db.session.execute(select(Dispute.gift_id, Dispute.said).where(Dispute.gift_id.in_(gift_ids)))
    gravest: dict[int, str] = {}
    for gift_id, said in rows:
        if gift_id is None:  # a dispute of no gift of ours, which the query doesn't give
            continue
        gravest[gift_id] = min(gravest.get(gift_id, ""), outcome_of(said), key=("open", "lost", "won", "").index)
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


def receipt_by_number(number: int) -> Receipt | None:
    return db.session.scalar(select(Receipt).where(Receipt.number == number))


def good_receipt(gift: Gift) -> Receipt | None:
    """The receipt of a gift that is not void, if it has one."""
    return db.session.scalar(
        select(Receipt)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.gift_id == gift.id, ReceiptVoid.receipt_id.is_(None))
        .order_by(Receipt.version.desc())
        .limit(1)
    )
