"""Matching a payment that fits no gift with a donor, and setting one aside."""

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.donors.queries import donor_by_code
from mexile.gifts.gift.actions import NO_PAYMENT, SETTLED
from mexile.gifts.gift.models import Gift
from mexile.gifts.give import ticket as tickets
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere

name_act("gift.match", "Matched money to a donor", "Asignó dinero a un donante")
name_act("gift.set_aside", "Set an unmatched payment aside", "Apartó un pago sin donativo")


def adopt_unmatched(*, viewer: Viewer, unmatched_id: int, donor_code: str, fund: str) -> Gift:
    """A payment that no gift of ours explains becomes the gift of this donor; its lines follow from the truth.

    The caller asks for the truth afterwards (`stripe.actions.project`), outside of this transaction.
    """
    row, donor = _open_unmatched(unmatched_id), donor_by_code(donor_code)
    if donor is None:
        raise NotHere(donor_code)
    if row.root != "payment_intent":
        raise Conflict(NO_PAYMENT)
    gift = Gift(
        key_id=donor.key_id,
        code=tickets.gift_code_of_object(row.stripe_id),
        donor_id=donor.id,
        channel="stripe_card",
        amount_cents=row.amount_cents,
        currency=row.currency,
        fund_code=fund,
        language=donor.language,
        stripe_payment_intent=row.stripe_id,
        by_user_id=viewer.user_id,
        made_at=clock.now(),
    )
    db.session.add(gift)
    db.session.flush()
    _close(row, viewer, gift.id, "matched")
    trail.record("gift.match", [gift.code, donor.code])
    return gift


def set_aside(*, viewer: Viewer, unmatched_id: int, reason: str) -> None:
    """Somebody looked, and it is no gift."""
    _close(_open_unmatched(unmatched_id), viewer, None, reason)
    trail.record("gift.set_aside", None, unmatched=unmatched_id)


def _open_unmatched(unmatched_id: int) -> Unmatched:
    row = db.session.scalar(select(Unmatched).where(Unmatched.id == unmatched_id))
    if row is None:
        raise NotHere("unmatched")
    if db.session.get(UnmatchedClosure, row.id) is not None:
        raise Conflict(SETTLED)
    return row


def _close(row: Unmatched, viewer: Viewer, gift_id: int | None, reason: str) -> None:
    db.session.add(
        UnmatchedClosure(unmatched_id=row.id, gift_id=gift_id, by_user_id=viewer.user_id, at=clock.now(), reason=reason)
    )
    db.session.flush()
