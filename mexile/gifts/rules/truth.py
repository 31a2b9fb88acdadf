"""What Stripe says about an object at the moment it is asked: small frozen values, nothing of Stripe's own types."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Settled:
    """A movement of Stripe's balance: its identifier, its cents (with sign), its fee, its moment."""

    id: str
    cents: int
    fee_cents: int
    at: datetime


@dataclass(frozen=True)
class Charged:
    """A successful charge; ``settled`` is None until it reached the balance and its fee is known."""

    id: str
    cents: int
    at: datetime
    settled: Settled | None


@dataclass(frozen=True)
class GivenBack:
    """A refund; ``settled`` when it left the balance, ``failed`` when it came back."""

    id: str
    settled: Settled | None
    failed: Settled | None


@dataclass(frozen=True)
class Payment:
    """A payment intent with its charge and refunds. ``said`` is one of ``models.gift.SAID``."""

    intent: str
    said: str
    cents: int
    currency: str
    gift_code: str | None
    charge: Charged | None = None
    refunds: tuple[GivenBack, ...] = ()


@dataclass(frozen=True)
class Checkout:
    """A Checkout session. ``url`` is where the donor is sent, None once it is closed."""

    id: str
    url: str | None
    is_open: bool
    is_complete: bool
    gift_code: str | None
    intent: str | None = None
    subscription: str | None = None
    invoice: str | None = None


@dataclass(frozen=True)
class Invoice:
    """One month of a subscription, with the payments made for it."""

    id: str
    is_paid: bool
    is_first: bool
    subscription: str | None
    cents: int
    currency: str
    intents: tuple[str, ...]


@dataclass(frozen=True)
class Subscription:
    """A subscription. ``gift_code`` is the gift it was begun with."""

    id: str
    status: str
    customer: str
    gift_code: str | None
    cents: int
    currency: str
    started_at: datetime
    ended_at: datetime | None


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
class Wish:
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
