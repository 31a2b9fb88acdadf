"""Gifts that staff write down (checks, cash, transfers, things), and cancelling one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.donors.actions import donor_of, new_donor
from mexile.donors.models import Donor
from mexile.donors.queries import donor_by_code
from mexile.gifts.gift.models import Gift, GiftVoid
from mexile.gifts.give import ticket as tickets
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.actions import issue, receipt_as_due, void
from mexile.gifts.receipt.queries import good_receipt
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere, Problem

name_act("gift.record", "Recorded a gift", "Registró un donativo")
name_act("gift.void", "Cancelled a recorded gift", "Anuló un donativo registrado")


def record_gift(
    *,
    viewer: Viewer,
    token: str,
    key_id: bytes,
    donor_code: str,
    is_new: bool,
    email: str,
    kind: str,
    values: Mapping[str, Any],
) -> Gift:
    """Write a gift down, with its ledger line and its receipt. A gift in kind has no amount and no line.

    ``values`` are the gift's own, by column. ``donor_code`` names a donor who is known; without it one is found by
    mail address or made, and made in any case where somebody said that it is nobody who is known. What was typed
    stays with the gift and on its receipt.
    """
    donor = donor_by_code(donor_code) if donor_code else None
    if donor_code and donor is None:
        raise NotHere(donor_code)
    if donor is None:
        make = new_donor if is_new else donor_of
        own = {name: values[name] or "" for name in ("name", "address", "language")}
        donor = make(key_id=key_id, email=email, kind=kind, **own)
    else:
        values = {**values, "language": donor.language}
    gift = Gift(key_id=donor.key_id, code=tickets.gift_code(token), donor_id=donor.id)
    gift.by_user_id, gift.made_at = viewer.user_id, clock.now()
    for name, value in values.items():
        setattr(gift, name, value)
    gift.amount_cents = None if gift.channel == "in_kind" else gift.amount_cents
    gift.benefit_cents = gift.benefit_cents if values["benefit"] else None
    db.session.add(gift)
    db.session.flush()
    trail.record("gift.record", [gift.code, donor.code], channel=gift.channel)
    if gift.amount_cents is None:
        issue(gift, donor, version=1, cents=None)
    else:
        _move(gift, "charge", gift.amount_cents, values["given_on"])
        receipt_as_due(gift, donor)
    return gift


def void_gift(*, viewer: Viewer, gift: Gift, reason: str) -> None:
    """Cancel a recorded gift: the money is taken out of the books today and the receipt is void. Nothing is deleted."""
    if gift.is_by_stripe:
        raise Conflict(
            Problem(
                "",
                "This gift came by card. Give it back at Stripe; its receipt is voided by itself.",
                "Este donativo llegó con tarjeta. Devuélvalo en Stripe; su recibo se anula por sí solo.",
            )
        )
    if db.session.get(GiftVoid, gift.id) is not None:
        return
    db.session.add(GiftVoid(gift_id=gift.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason))
    receipt = good_receipt(gift)
    if receipt is not None:
        void(receipt, db.session.get_one(Donor, gift.donor_id), "cancelled")
    if gift.amount_cents is not None:
        _move(gift, "refund", -gift.amount_cents, organization.today())
    db.session.flush()
    trail.record("gift.void", gift.code)


def _move(gift: Gift, kind: str, cents: int, on: date) -> None:
    line = LedgerLine(gift_id=gift.id, kind=kind, amount_cents=cents, source=gift.code, on=on, at=clock.now())
    db.session.add(line)
    db.session.flush()


NO_PAYMENT = Problem(
    "",
    "This is a dispute and no payment, so it can't become a gift. Nothing was changed. Look at it in Stripe, then set "
    "it aside here and say what it was.",
    "Esto es una disputa y no un pago, así que no puede ser un donativo. No se cambió nada. Véala en Stripe y después "
    "apártela aquí y diga qué era.",
)
SETTLED = Problem(
    "",
    "Somebody has matched this or set it aside already. Nothing was changed.",
    "Alguien ya lo asignó o lo apartó. No se cambió nada.",
)
