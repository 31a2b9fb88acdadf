"""The only door to Stripe: small questions, answered in our own values.

No call may be made inside a write transaction. Every POST that matters carries an idempotency key made from our
own codes, so that asking again after a silence does nothing twice.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import stripe

from mexile.config import STRIPE, config
from mexile.gifts.stripe import reading, writing
from mexile.gifts.stripe.rules import (
    CardChange,
    CardWish,
    Checkout,
    CheckoutWish,
    Disputed,
    Invoice,
    Moved,
    PaidOut,
    Payment,
    Subscription,
)
from mexile.ground import clock
from mexile.ground.db import outside_write
from mexile.ground.errors import MexileError

PATIENCE = 10
"""Seconds to wait for an answer while a donor looks at a waiting page."""

VERSION = stripe.api_version
"""What this library speaks; a webhook should be told in the same words."""

Answer = TypeVar("Answer")


class StripeSilent(MexileError):
    """Stripe didn't answer, or not in time, or is in trouble: what was asked may be asked again."""


class StripeTroubled(StripeSilent):
    """Stripe answered that something broke there, before or after it did what was asked: nobody knows."""


class StripeShut(StripeSilent):
    """Stripe doesn't take our key, or it isn't the key of the account our gifts are in: nothing helps but a key."""


class StripeRefused(MexileError):
    """Stripe understood and refused: asking the same again changes nothing."""


class StripeUnknown(StripeRefused):
    """Stripe knows no such object."""


@lru_cache(maxsize=4)
def _client(key: str, base: str, patience: int) -> stripe.StripeClient:
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=patience),
    )


def ask(question: Callable[[Any], Answer]) -> Answer:
    """Ask with the configured key; the library's errors become our own."""
    outside_write()
    settings = config()
    try:
        return question(_client(settings.stripe_key, settings.stripe_base, PATIENCE).v1)
    except stripe.InvalidRequestError as refused:
        unknown = refused.code == "resource_missing"
        raise (StripeUnknown if unknown else StripeRefused)(refused.code or "invalid request") from None
    except (stripe.AuthenticationError, stripe.PermissionError) as shut:
        raise StripeShut(type(shut).__name__) from None
    except (stripe.CardError, stripe.IdempotencyError) as refused:
        raise StripeRefused(type(refused).__name__) from None
    except stripe.APIError as broken:
        raise (StripeTroubled if (broken.http_status or 0) >= 500 else StripeSilent)(type(broken).__name__) from None
    except stripe.StripeError as silent:
        raise StripeSilent(type(silent).__name__) from None


def checkout_origin() -> str:
    """Scheme and host of the Checkout page, which the policies of our forms name."""
    base = config().stripe_base
    if base == STRIPE:
        return "https://checkout.stripe.com"
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


def answers() -> None:
    """Return where Stripe takes our key. Raises StripeShut, StripeSilent or StripeRefused."""
    ask(lambda v1: v1.checkout.sessions.list({"limit": 1}))


def is_signed(text: str, signature: str, secret: str, tolerance: int) -> bool:
    """Whether Stripe signed this, not longer ago than so many seconds."""
    try:
        return stripe.WebhookSignature.verify_header(text, signature, secret, tolerance)
    except stripe.SignatureVerificationError:
        return False


# ---- giving ---------------------------------------------------------------------------------------------------------


def open_checkout(wish: CheckoutWish) -> Checkout:
    """A Checkout page for this wish; asked twice with the same code it is the same page.

    An answer of 5xx decides nothing, and the same key is answered with it again: where the page was made it is found
    by our own code, and where it wasn't, another key asks for it, one a minute.
    """
    params, key = writing.checkout_params(wish), f"gift-{wish.code}"
    try:
        return _open(params, key)
    except StripeTroubled:
        since = datetime.fromtimestamp(wish.expires_at, UTC) - timedelta(hours=3)  # before its form was shown
        rows = _all(lambda v1: v1.checkout.sessions.list({"created": _from(since), "limit": 100}))
        made = [page for page in map(reading.checkout_of, rows) if page.gift_code == wish.code]
        return made[0] if made else _open(params, f"{key}-{int(clock.now().timestamp()) // 60}")


def _open(params: dict[str, Any], key: str) -> Checkout:
    return reading.checkout_of(ask(lambda v1: v1.checkout.sessions.create(params, {"idempotency_key": key})))


def checkout(session: str) -> Checkout:
    return reading.checkout_of(ask(lambda v1: v1.checkout.sessions.retrieve(session)))


def close_checkout(session: str) -> bool:
    """Nobody can pay on this page any more. A page that is closed already is fine; True when it was paid before."""
    try:
        ask(lambda v1: v1.checkout.sessions.expire(session, {}, {"idempotency_key": f"close-{session}"}))
    except StripeUnknown:
        raise
    except StripeRefused:
        page = checkout(session)
        if page.is_open:
            raise StripeSilent("a page that does not close") from None
        return page.is_complete
    return False


# ---- what was paid ------------------------------------------------------------------------------------------------


def payment(intent: str) -> Payment:
    """A payment with its charge, the charge's fee if it is known, its refunds and disputes, oldest first."""
    body = ask(lambda v1: v1.payment_intents.retrieve(intent, {"expand": ["latest_charge.balance_transaction"]}))
    if not reading.has_charge(body):
        return reading.payment_of(body)
    return reading.payment_of(body, _refunds(intent), _disputes(intent) if body.latest_charge.disputed else [])


def _refunds(intent: str) -> list[Any]:
    settled = ["data.balance_transaction", "data.failure_balance_transaction"]
    return _all(lambda v1: v1.refunds.list({"payment_intent": intent, "limit": 100, "expand": settled}))


def _disputes(intent: str) -> list[Any]:
    return _all(lambda v1: v1.disputes.list({"payment_intent": intent, "limit": 100}))


def _all(question: Callable[[Any], Any]) -> list[Any]:
    """Every row of a list, over all its pages."""
    return ask(lambda v1: list(question(v1).auto_paging_iter()))


def dispute_intent(identifier: str) -> str | None:
    """The payment that a dispute takes back."""
    return reading.disputed(ask(lambda v1: v1.disputes.retrieve(identifier, {"expand": ["charge"]}))).intent


def invoice(identifier: str) -> Invoice:
    """One month of a subscription, and the payments made for it."""
    return reading.invoice_of(ask(lambda v1: v1.invoices.retrieve(identifier, {"expand": ["payments"]})))


def invoice_of(intent: str) -> str | None:
    """The invoice that this payment was made for, if it was one."""
    params = {"payment": {"type": "payment_intent", "payment_intent": intent}}
    rows = reading.rows_at(ask(lambda v1: v1.invoice_payments.list(params)))
    return reading.id_of(reading.at(rows[0], "invoice")) if rows else None


def moved_since(since: datetime) -> list[Moved]:
    """Everything that moved Stripe's balance since then, oldest first."""
    return _moved(created=_from(since))


def moved_by(payout: str) -> list[Moved]:
    """What an automatic payout carries to the bank, itself among it, oldest first."""
    return _moved(payout=payout)


def _moved(**which: Any) -> list[Moved]:
    params = {**which, "limit": 100, "expand": ["data.source"]}
    return [reading.moved_of(row) for row in reversed(_all(lambda v1: v1.balance_transactions.list(params)))]


def payouts_since(since: datetime) -> list[PaidOut]:
    params = {"created": _from(since), "limit": 100}
    return [reading.paid_out_of(row) for row in _all(lambda v1: v1.payouts.list(params))]


def disputes_since(since: datetime) -> list[Disputed]:
    params = {"created": _from(since), "limit": 100}
    return [reading.disputed(row) for row in _all(lambda v1: v1.disputes.list(params))]


def _from(since: datetime) -> dict[str, int]:
    return {"gte": int(since.timestamp())}


# ---- every month --------------------------------------------------------------------------------------------------


def subscription(identifier: str) -> Subscription:
    return reading.subscription_of(ask(lambda v1: v1.subscriptions.retrieve(identifier)))


def subscriptions() -> list[Subscription]:
    """Every subscription there ever was, oldest first."""
    params = {"status": "all", "limit": 100}
    return [reading.subscription_of(row) for row in reversed(_all(lambda v1: v1.subscriptions.list(params)))]


def end_subscription(identifier: str) -> None:
    """Nothing more is charged. One that has ended already is fine."""
    try:
        ask(lambda v1: v1.subscriptions.cancel(identifier))
    except StripeUnknown:
        if subscription(identifier).status != "canceled":
            raise


# ---- the card -----------------------------------------------------------------------------------------------------


def open_card_page(wish: CardWish) -> Checkout:
    """Stripe's own page where a monthly gift gets another card. Its address is a secret: never log it."""
    params = writing.card_params(wish)
    return reading.checkout_of(ask(lambda v1: v1.checkout.sessions.create(params)))


def card_change(session: str) -> CardChange:
    """What came of a page for the card."""
    params = {"expand": ["setup_intent.payment_method"]}
    return reading.card_change_of(ask(lambda v1: v1.checkout.sessions.retrieve(session, params)))


def card_made_at(method: str) -> datetime | None:
    """Since when Stripe knows a card."""
    return reading.moment(reading.at(ask(lambda v1: v1.payment_methods.retrieve(method)), "created"))


def use_card(subscription: str, method: str) -> None:
    """Every further month of this subscription is charged to this card."""
    params = {"default_payment_method": method}
    options = {"idempotency_key": f"card-{subscription}-{method}"}
    ask(lambda v1: v1.subscriptions.update(subscription, params, options))


def pay_invoice(identifier: str, method: str) -> None:
    """Try an open month with this card, once a card."""
    options = {"idempotency_key": f"pay-{identifier}-{method}"}
    ask(lambda v1: v1.invoices.pay(identifier, {"payment_method": method}, options))
