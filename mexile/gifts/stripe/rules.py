"""What Stripe says about an object at the moment it is asked: small frozen values, nothing of Stripe's own types."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Settled:
    """A movement of Stripe's balance: its identifier, its cents (with sign), its fee, its moment, its currency.

    The currency is the balance's: what was given in pesos may come in as dollars.
    """

    id: str
    cents: int
    fee_cents: int
    at: datetime
    currency: str = "USD"


@dataclass(frozen=True)
class Charged:
    """A successful charge; ``settled`` is None until it reached the balance and its fee is known."""

    id: str
    cents: int
    at: datetime
    settled: Settled | None


@dataclass(frozen=True)
class GivenBack:
    """A refund; ``settled`` when it left the balance, ``failed`` when it came back, ``cents`` in the payment's currency."""

    id: str
    at: datetime
    settled: Settled | None
    failed: Settled | None
    cents: int = 0


@dataclass(frozen=True)
class Disputed:
    """A dispute: a donor's bank takes a payment back. ``said`` is Stripe's word, ``due_at`` until when it is answered.

    ``moved`` is what it did to the balance: the money (and the dispute's fee) out, and in again if it is won.
    """

    id: str
    said: str
    reason: str
    cents: int
    currency: str
    opened_at: datetime
    due_at: datetime | None
    moved: tuple[Settled, ...]
    intent: str | None


@dataclass(frozen=True)
class Payment:
    """A payment intent with its charge, refunds and disputes. ``said`` is one of ``SAID`` in ``gift/models.py``."""

    intent: str
    said: str
    cents: int
    currency: str
    gift_code: str | None
    charge: Charged | None = None
    refunds: tuple[GivenBack, ...] = ()
    disputes: tuple[Disputed, ...] = ()


@dataclass(frozen=True)
class Checkout:
    """A Checkout session. ``url`` is where the donor is sent, None once it is closed.

    ``is_for_card``: nothing is paid on it, a monthly gift gets another card.
    """

    id: str
    url: str | None
    is_open: bool
    is_complete: bool
    gift_code: str | None
    intent: str | None = None
    subscription: str | None = None
    invoice: str | None = None
    is_for_card: bool = False


@dataclass(frozen=True)
class CardChange:
    """What came of a page where the card of a monthly gift is changed; ``method`` is the new card, once there is one."""

    plan: str | None
    customer: str | None
    method: str | None
    made_at: datetime | None


@dataclass(frozen=True)
class Invoice:
    """One month of a subscription, with the payments made for it."""

    id: str
    is_paid: bool
    is_open: bool
    is_first: bool
    subscription: str | None
    cents: int
    currency: str
    intents: tuple[str, ...]


@dataclass(frozen=True)
class Subscription:
    """A subscription. ``gift_code`` is the gift it was begun with, ``method`` the card of its own."""

    id: str
    status: str
    customer: str
    gift_code: str | None
    cents: int
    currency: str
    started_at: datetime
    ended_at: datetime | None
    method: str | None
    newest_invoice: str | None


@dataclass(frozen=True)
class Moved:
    """A movement of Stripe's balance with what it comes from: ``intent`` is the payment, where it is of one."""

    id: str
    category: str
    cents: int
    fee_cents: int
    currency: str
    at: datetime
    source: str
    intent: str | None


@dataclass(frozen=True)
class PaidOut:
    """A payout. ``is_listed``: Stripe tells which movements it carries, as it never does of one made by hand."""

    id: str
    cents: int
    currency: str
    is_automatic: bool
    is_listed: bool
    said: str
    made_at: datetime
    arrives_at: datetime


@dataclass(frozen=True)
class Hint:
    """An event, reduced to which object should be asked for again."""

    event_id: str
    type: str
    root: str
    root_id: str
    api_version: str
    created_at: datetime


@dataclass(frozen=True)
class CheckoutWish:
    """What a donor asked for on the giving page, as Stripe needs it."""

    code: str
    cents: int
    is_monthly: bool
    email: str
    language: str
    words: str
    expires_at: int
    thanks_url: str
    back_url: str


@dataclass(frozen=True)
class CardWish:
    """A donor wants another card for a monthly gift."""

    plan: str
    customer: str
    currency: str
    language: str
    expires_at: int
    thanks_url: str
    back_url: str
