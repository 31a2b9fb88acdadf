"""Everything that one receipt says, gathered."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.donors.models import Donor
from mexile.donors.rules import are_same
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift
from mexile.gifts.receipt.facts import Facts, read_facts
from mexile.gifts.receipt.models import Receipt, ReceiptText, ReceiptVoid
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere, Problem
from mexile.ground.marks import is_mark
from mexile.ground.organization import organization
from mexile.ground.text import number_sent


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


def number_of(code: str) -> int | None:
    """The number in "R-000123", or None when it is no receipt's."""
    return number_sent(code.removeprefix("R-"))


def facts_of(receipt: Receipt) -> Facts:
    """What the receipt said when it was issued, and whether it is void now. Its opening is noted in the trail."""
    kept, void = db.session.get(ReceiptText, receipt.id), db.session.get(ReceiptVoid, receipt.id)
    text = kept.said if kept else None
    if is_mark(text):
        raise Conflict(UNREADABLE)
    facts = read_facts(text) if text else facts_of_today(receipt)
    return replace(facts, void_reason=void.reason if void else None, is_later=bool(kept and kept.is_later))


def facts_of_today(receipt: Receipt) -> Facts:
    """What a receipt says that is issued now: the name typed for this gift, or else the donor's."""
    gift = db.session.get_one(Gift, receipt.gift_id)
    donor = db.session.get_one(Donor, gift.donor_id)
    fund = db.session.get_one(Fund, gift.fund_code)
    ours, known = organization(), donor.name or ""
    description, benefit = gift.description or "", gift.benefit or ""
    name = gift.name or known
    # Another name with the same mail address gets nobody's street.
    address = gift.address or (donor.address if are_same(name, known) else "") or ""
    if any(is_mark(value) for value in (name, address, description, benefit)):
        raise Conflict(UNREADABLE)
    issued_on = receipt.issued_at.astimezone(ZoneInfo(ours.zone)).date()
    return Facts(
        code=receipt.code,
        version=receipt.version,
        language=receipt.language,
        donor_name=name,
        donor_address=address,
        legal_name=ours.legal_name,
        ein=ours.ein if ours.is_exempt else "",
        organization_address=ours.address,
        channel=gift.channel,
        cents=receipt.amount_cents,
        currency=gift.currency,
        given_on=gift.given_on or issued_on,
        issued_on=issued_on,
        fund=fund.name(receipt.language),
        gift_code=gift.code,
        is_monthly=gift.recurring_gift_id is not None,
        description=description,
        benefit=benefit,
        benefit_cents=gift.benefit_cents or 0,
        is_invented=bool(ours.invented),
    )


UNREADABLE = Problem(
    "",
    "A field that this receipt prints is damaged. Put it back from a backup first.",
    "Un campo que este recibo imprime está dañado. Primero repóngalo de un respaldo.",
)


def receipt_by_code(code: str) -> Receipt:
    """The receipt with this code, or NotHere."""
    number = number_of(code)
    receipt = receipt_by_number(number) if number is not None else None
    if receipt is None:
        raise NotHere(code)
    return receipt
