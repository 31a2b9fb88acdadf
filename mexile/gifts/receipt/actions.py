"""Issuing and voiding receipts, and the letters that carry them."""

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import func, select, update

from mexile.access.brand.queries import brand
from mexile.access.rules import name_act
from mexile.config import config
from mexile.donors.models import Donor
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.ledger.rules import versions_of
from mexile.gifts.receipt import letter as letters
from mexile.gifts.receipt.models import Receipt, ReceiptBook, ReceiptText, ReceiptVoid
from mexile.gifts.receipt.pdf import receipt_pdf
from mexile.gifts.receipt.queries import facts_of, facts_of_today, good_receipt, receipt_by_code
from mexile.gifts.receipt.rules import write_facts
from mexile.ground import clock, mail, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, KeyGone, Problem, Tampered

name_act("receipt.issue", "Issued a receipt", "Emitió un recibo")
name_act("receipt.keep", "Kept what earlier receipts say", "Guardó lo que dicen los recibos anteriores")
name_act("receipt.reissue", "Corrected a receipt by a new one", "Corrigió un recibo con otro nuevo")
name_act("receipt.void", "Voided a receipt", "Anuló un recibo")
name_act("receipt.send", "Sent a receipt again", "Envió otra vez un recibo")


NO_RECEIPT = Problem(
    "",
    "This gift has no valid receipt that could be corrected.",
    "Este donativo no tiene un recibo válido que se pueda corregir.",
)


def receipt_as_due(gift: Gift, donor: Donor) -> None:
    """Issue and void until the gift has the receipt that its ledger lines and lost disputes ask for.

    Promise: numbered without gaps, at most one that is good, for just what the organization kept. Called again it
    does nothing, and in whatever order the lines came the last one says the same.
    """
    lost = select(Dispute.amount_cents).where(Dispute.gift_id == gift.id, Dispute.said == "lost")
    lost_cents = list(db.session.scalars(lost))
    lines = select(LedgerLine.kind, LedgerLine.amount_cents).where(LedgerLine.gift_id == gift.id)
    moved = [(kind, cents) for kind, cents in db.session.execute(lines.order_by(LedgerLine.id))]
    due = versions_of([*moved, *(("lost", -cents) for cents in lost_cents)])
    gone = "disputed" if lost_cents else "refunded"
    have = list(db.session.scalars(select(Receipt).where(Receipt.gift_id == gift.id).order_by(Receipt.version)))
    for version in due[len(have) :]:
        for receipt in have[-1:]:
            void(receipt, donor, "corrected")
        have.append(issue(gift, donor, version=version.number_of_version, cents=version.cents))
    left = 0 if not due or due[-1].is_void else due[-1].cents
    good = good_receipt(gift)
    if good is not None and good.amount_cents != left:
        void(good, donor, "corrected" if left else gone)
        good = None
    if left and good is None:
        # A dispute that was lost and then won: what was voided can't be good again, so it is receipted anew.
        issue(gift, donor, version=len(have) + 1, cents=left)


def issue(gift: Gift, donor: Donor, *, version: int, cents: int | None) -> Receipt:
    """A receipt with the next number, and its letter if the donor has a mail address."""
    receipt = Receipt(
        number=_next_number(),
        gift_id=gift.id,
        version=version,
        amount_cents=cents,
        language=gift.language,
        issued_at=clock.now(),
    )
    db.session.add(receipt)
    db.session.flush()
    keep_text(receipt, gift)
    db.session.flush()
    trail.record("receipt.issue", [receipt.code, gift.code])
    if donor.email_bidx is not None:
        mail.put("gifts.receipt", receipt.code, {"receipt": receipt.code})
    return receipt


def keep_text(receipt: Receipt, gift: Gift, *, is_later: bool = False) -> None:
    """Keep all that the receipt says, so that nothing that changes afterwards changes it."""
    text = ReceiptText(receipt_id=receipt.id, key_id=gift.key_id, is_later=int(is_later), at=clock.now())
    text.said = write_facts(facts_of_today(receipt))
    db.session.add(text)


def keep_texts(*, is_later: bool) -> int:
    """Keep what each receipt says that has no text yet, as it reads today; ``is_later`` marks it so.

    Inside `writing()`. Answers how many were kept; where a key or a field is gone, there is nothing to keep.
    """
    kept = 0
    rows = select(Receipt, Gift, Donor, Fund).join(Gift, Gift.id == Receipt.gift_id)
    rows = rows.join(Donor, Donor.id == Gift.donor_id).join(Fund, Fund.code == Gift.fund_code)
    without = rows.outerjoin(ReceiptText, ReceiptText.receipt_id == Receipt.id).where(ReceiptText.receipt_id.is_(None))
    for receipt, gift, _donor, _fund in db.session.execute(without.order_by(Receipt.id)).all():
        with suppress(KeyGone, Tampered), db.session.no_autoflush:
            keep_text(receipt, gift, is_later=is_later)
            kept += 1
    db.session.flush()
    if kept and is_later:
        trail.record("receipt.keep", None, receipts=kept)
    return kept


def correct(gift: Gift, *, receipt: str, name: str, address: str, language: str) -> Receipt:
    """A new version of the good receipt, with what it should have said; the one before is void.

    Raises Conflict unless ``receipt`` is still the good one. Inside `writing()`.
    """
    good = good_receipt(gift)
    if good is None or good.code != receipt:
        raise Conflict(NO_RECEIPT)
    donor = db.session.get_one(Donor, gift.donor_id)
    gift.name, gift.address, gift.language = name, address, language
    versions = select(Receipt.version).where(Receipt.gift_id == gift.id)
    newest = max(db.session.scalars(versions))
    void(good, donor, "reissued")
    trail.record("receipt.reissue", [good.code, gift.code])
    return issue(gift, donor, version=newest + 1, cents=good.amount_cents)


def void(receipt: Receipt, donor: Donor, reason: str) -> None:
    """The receipt is no longer good. The donor is told once; a corrected one is told of by the new receipt."""
    if db.session.get(ReceiptVoid, receipt.id) is not None:
        return
    db.session.add(ReceiptVoid(receipt_id=receipt.id, at=clock.now(), reason=reason))
    db.session.flush()
    trail.record("receipt.void", receipt.code, reason=reason)
    if donor.email_bidx is not None and reason not in ("corrected", "reissued"):
        mail.put("gifts.receipt_void", receipt.code, {"receipt": receipt.code})


def send_again(receipt: Receipt, *, token: str) -> None:
    """The same receipt once more, marked as a copy. One form sends one."""
    mail.put("gifts.receipt", f"{receipt.code}:{token}", {"receipt": receipt.code, "copy": True})
    trail.record("receipt.send", receipt.code)


def _next_number() -> int:
    """Raised in the transaction of its receipt, so that a number given out is a number used."""
    raised = update(ReceiptBook).where(ReceiptBook.id == 1).values(last_number=ReceiptBook.last_number + 1)
    number = db.session.scalar(raised.returning(ReceiptBook.last_number))
    if number is None:
        number = (db.session.scalar(select(func.max(Receipt.number))) or 0) + 1
        db.session.add(ReceiptBook(id=1, last_number=number))
        db.session.flush()
    return number


def giving_page() -> str:
    """Where a donor asks for the link to their own page."""
    return f"{config().base_url}/give/mine"


@mail.renders("gifts.receipt")
def render_receipt(body: dict) -> mail.Letter | None:
    """The letter with the receipt, unless it was voided, or its donor's address taken out, before it could leave."""
    receipt, is_copy = receipt_by_code(body["receipt"]), bool(body.get("copy"))
    facts = replace(facts_of(receipt), is_copy=is_copy)
    address = _address(receipt)
    if address is None or (facts.void_reason and not is_copy):
        return None
    subject, text = letters.receipt_letter(facts, giving_page())
    pdf = (f"{receipt.code}.pdf", "application/pdf", receipt_pdf(facts, brand()))
    return mail.Letter(address, subject, text, attachments=[pdf])


@mail.renders("gifts.receipt_void")
def render_void(body: dict) -> mail.Letter | None:
    receipt = receipt_by_code(body["receipt"])
    subject, text = letters.void_letter(facts_of(receipt))
    address = _address(receipt)
    return mail.Letter(address, subject, text) if address else None


def _address(receipt: Receipt) -> str | None:
    """The mail address of the donor, who may have none any more."""
    gift = db.session.get_one(Gift, receipt.gift_id)
    return db.session.get_one(Donor, gift.donor_id).email or None
