"""Whether a payout is explained to the cent, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

GIFTS, REFUNDS, DISPUTES = {"charge"}, {"refund", "refund_failure"}, {"dispute", "dispute_reversal"}


@dataclass(frozen=True)
class Carried:
    """One movement that a payout carries. ``booked_cents`` is what the ledger says of it, None where it says nothing."""

    category: str
    amount_cents: int
    fee_cents: int
    is_of_payment: bool
    booked_cents: int | None

    @property
    def net_cents(self) -> int:
        return self.amount_cents - self.fee_cents


@dataclass(frozen=True)
class PayoutSum:
    """A payout and how it comes about: gifts less fees, refunds and disputes, and whatever else Stripe took or gave."""

    stripe_payout: str
    amount_cents: int
    currency: str
    is_automatic: bool
    said: str
    made_at: datetime
    arrives_at: datetime
    lines: tuple[Carried, ...]

    def _sum(self, categories: set[str]) -> int:
        return sum(line.amount_cents for line in self.lines if line.category in categories)

    @property
    def gifts_cents(self) -> int:
        return self._sum(GIFTS)

    @property
    def refunds_cents(self) -> int:
        return self._sum(REFUNDS)

    @property
    def disputes_cents(self) -> int:
        return self._sum(DISPUTES)

    @property
    def fees_cents(self) -> int:
        return -sum(line.fee_cents for line in self.lines)

    @property
    def other_cents(self) -> int:
        """Stripe's fees that belong to no gift, and whatever else moved."""
        return sum(line.amount_cents for line in self.lines if line.category not in GIFTS | REFUNDS | DISPUTES)

    @property
    def off_cents(self) -> int:
        """What the deposit has more than its lines explain, and its gifts' lines more than the ledger says."""
        apart = sum(abs(line.net_cents - (line.booked_cents or 0)) for line in self.lines if line.is_of_payment)
        return abs(self.amount_cents - sum(line.net_cents for line in self.lines)) + apart

    @property
    def state(self) -> str:
        """ "manual" (untied, and never green), "waiting" for Stripe's list, "failed" at the bank, "tied" or "off"."""
        if self.said in ("failed", "canceled"):
            return "failed"
        if not self.is_automatic:
            return "manual"
        if not self.lines:
            return "waiting"
        return "off" if self.off_cents else "tied"
