"""From Stripe's truth to ledger lines and receipts: the same truth always gives the same, whatever was known before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mexile.gifts.rules.truth import Payment, Settled


@dataclass(frozen=True)
class Line:
    """A ledger line as it should be: ``source`` with ``kind`` says which one it is."""

    kind: str
    source: str
    cents: int
    at: datetime
    balance_transaction: str | None = None


@dataclass(frozen=True)
class Version:
    """A receipt as it should be: ``is_void`` when another one or a refund took its place."""

    number_of_version: int
    cents: int
    is_void: bool


def lines_of(payment: Payment) -> list[Line]:
    """Every line that this payment should have by now, in the order things happened.

    The charge counts as soon as it succeeded. Its fee is a line of its own that comes with the balance
    transaction; until then the fee is pending. A refund counts when it left the balance, so that its line is the
    same however early it was seen. Stripe keeps its fee on a refund.
    """
    charge = payment.charge
    if charge is None:
        return []
    lines = [Line("charge", charge.id, charge.cents, charge.at)]
    if charge.settled:
        lines.append(Line("fee", charge.id, -charge.settled.fee_cents, charge.settled.at, charge.settled.id))
    for refund in payment.refunds:
        if refund.settled:
            lines.append(_moved("refund", refund.id, refund.settled))
        if refund.failed:
            lines.append(_moved("refund_failed", refund.id, refund.failed))
    return lines


def _moved(kind: str, source: str, settled: Settled) -> Line:
    return Line(kind, source, settled.cents, settled.at, settled.id)


RECEIPTED = ("charge", "refund", "refund_failed")


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
