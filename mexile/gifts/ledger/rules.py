"""From Stripe's truth to ledger lines and receipts: the same truth always gives the same, whatever was known before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mexile.gifts.stripe.rules import Disputed, Payment, Settled


@dataclass(frozen=True)
class ExpectedLine:
    """A ledger line as it should be: ``source`` with ``kind`` says which one it is.

    ``settled_cents`` is what it came to in the balance, where that is in another currency.
    """

    kind: str
    source: str
    cents: int
    at: datetime
    balance_transaction: str | None = None
    currency: str = "USD"
    settled_cents: int | None = None
    settled_currency: str | None = None


@dataclass(frozen=True)
class Version:
    """A receipt as it should be: ``is_void`` when another one or a refund took its place."""

    number_of_version: int
    cents: int
    is_void: bool


def lines_of(payment: Payment) -> list[ExpectedLine]:
    """Every line that this payment should have by now, in the order things happened.

    The charge counts as soon as it succeeded. Its fee is a line of its own that comes with the balance
    transaction; until then the fee is pending. A refund counts when it left the balance, so that its line is the
    same however early it was seen. Stripe keeps its fee on a refund. A dispute takes the money out at once, with a
    fee of its own, and puts it in again if it is won.
    """
    charge = payment.charge
    if charge is None:
        return []
    own = payment.currency
    lines = [ExpectedLine("charge", charge.id, charge.cents, charge.at, currency=own)]
    if charge.settled:
        fee = ExpectedLine("fee", charge.id, -charge.settled.fee_cents, charge.settled.at, charge.settled.id)
        lines.append(_in_currency(fee, charge.settled, charge.settled.currency, own))
    for refund in payment.refunds:
        for kind, settled, cents in (
            ("refund", refund.settled, -refund.cents),
            ("refund_failed", refund.failed, refund.cents),
        ):
            if settled:
                # Where the balance has another currency, what went back is what the donor got, in theirs.
                cents = settled.cents if settled.currency == own else cents
                lines.append(
                    _in_currency(ExpectedLine(kind, refund.id, cents, settled.at, settled.id), settled, own, own)
                )
    return lines + [line for dispute in payment.disputes for line in _lines_of_dispute(dispute)]


def _lines_of_dispute(dispute: Disputed) -> list[ExpectedLine]:
    """Money withdrawn, the dispute's fee, money reinstated; a fee that comes back is part of what was reinstated.

    The first line of a kind is named after the dispute, a further one after its balance transaction.
    """
    lines: list[ExpectedLine] = []

    def add(kind: str, cents: int, moved: Settled) -> None:
        source = moved.id if any(line.kind == kind for line in lines) else dispute.id
        lines.append(ExpectedLine(kind, source, cents, moved.at, moved.id, moved.currency))

    for moved in dispute.moved:
        back = -min(moved.fee_cents, 0)
        if moved.cents < 0:
            add("dispute", moved.cents, moved)
        if moved.cents + back > 0:
            add("reinstated", moved.cents + back, moved)
        if moved.fee_cents > 0:
            add("dispute_fee", -moved.fee_cents, moved)
    return lines


def _in_currency(line: ExpectedLine, settled: Settled, currency: str, own: str) -> ExpectedLine:
    """The line in its currency; where the balance has another one than the payment, with what it came to there."""
    line = replace(line, currency=currency)
    return (
        line
        if settled.currency == own
        else replace(line, settled_cents=settled.cents, settled_currency=settled.currency)
    )


RECEIPTED = ("charge", "refund", "refund_failed", "lost")
"""What changes how much the donor gave; "lost" is a dispute that was lost, while an open one changes nothing yet."""


def versions_of(movements: Iterable[tuple[str, int]]) -> list[Version]:
    """The receipts a gift should have, from its lines (kind, cents) in the order things happened.

    The first is for the whole charge. Each refund voids the one before; what is left, if anything, is receipted
    anew, since a receipt is never changed (a donor may deduct only what the charity kept: IRC 170(c)).
    """
    versions: list[Version] = []
    left = 0
    for kind, cents in movements:
        if kind not in RECEIPTED:
            continue
        left += cents
        if versions:
            last = versions[-1]
            versions[-1] = Version(last.number_of_version, last.cents, True)
        if left > 0:
            versions.append(Version(len(versions) + 1, left, False))
    return versions
