"""The only door to Stripe: small questions, answered in our own values.

No call may be made inside a write transaction. Every POST that matters carries an idempotency key made from our
own codes, so that asking again after a silence does nothing twice.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import stripe

from mexile.config import STRIPE, config
from mexile.gifts.rules.truth import Charged, Checkout, GivenBack, Hint, Invoice, Payment, Settled, Subscription, Wish
from mexile.ground.db import outside_write
from mexile.ground.errors import MexileError

PATIENCE = 10
"""Seconds to wait for an answer while a donor looks at a waiting page."""

TOLERANCE = 300
"""Seconds after which a signed event is stale."""

LOCALES = {"en": "en", "es": "es-419"}

Answer = TypeVar("Answer")


class StripeSilent(MexileError):
    """Stripe didn't answer, or not in time, or is in trouble: what was asked may be asked again."""


class StripeRefused(MexileError):
    """Stripe understood and refused: asking the same again changes nothing."""


class StripeUnknown(StripeRefused):
    """Stripe knows no such object."""


class Forged(MexileError):
    """An event without a good, fresh signature, or of the other mode."""


@lru_cache(maxsize=4)
def _client(key: str, base: str, patience: int) -> stripe.StripeClient:
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=patience),
    )


def _ask(question: Callable[[Any], Answer]) -> Answer:
    """Ask with the configured key; the library's errors become our three."""
    outside_write()
    settings = config()
    try:
        return question(_client(settings.stripe_key, settings.stripe_base, PATIENCE).v1)
    except stripe.InvalidRequestError as refused:
        unknown = refused.code == "resource_missing"
        raise (StripeUnknown if unknown else StripeRefused)(refused.code or "invalid request") from None
    except (stripe.CardError, stripe.IdempotencyError, stripe.AuthenticationError, stripe.PermissionError) as refused:
        raise StripeRefused(type(refused).__name__) from None
    except stripe.StripeError as silent:
        raise StripeSilent(type(silent).__name__) from None


def _pages(checkout_host: str) -> str:
    base = config().stripe_base
    if base == STRIPE:
        return checkout_host
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


def checkout_origin() -> str:
    """Scheme and host of the Checkout page, which the giving form's policy names."""
    return _pages("https://checkout.stripe.com")


def portal_origin() -> str:
    """Scheme and host of the page where a card is changed."""
    return _pages("https://billing.stripe.com")


# ---- giving ---------------------------------------------------------------------------------------------------------


def open_checkout(wish: Wish) -> Checkout:
    """A Checkout page for this wish; asked twice with the same code it is the same page."""
    price: dict[str, Any] = {
        "currency": "usd",
        "unit_amount": wish.cents,
        "product_data": {"name": wish.words},
    }
    params: dict[str, Any] = {
        "mode": "subscription" if wish.is_monthly else "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "allowed_payment_method_types": ["card"],
        # Dollars stay dollars: the receipt names what was charged.
        "adaptive_pricing": {"enabled": False},
        "customer_email": wish.email,
        "client_reference_id": wish.code,
        "metadata": {"gift": wish.code},
        "locale": LOCALES[wish.language],
        "expires_at": wish.expires_at,
        "success_url": wish.thanks_url,
        "cancel_url": wish.back_url,
    }
    # The metadata of a session doesn't flow to what it makes, so it is given to both.
    if wish.is_monthly:
        price["recurring"] = {"interval": "month"}
        params["subscription_data"] = {"metadata": {"gift": wish.code}}
    else:
        params["submit_type"] = "donate"
        params["payment_intent_data"] = {"metadata": {"gift": wish.code}}
    options = {"idempotency_key": f"gift-{wish.code}"}
    return _checkout(_ask(lambda v1: v1.checkout.sessions.create(params, options)))


def checkout(session: str) -> Checkout:
    return _checkout(_ask(lambda v1: v1.checkout.sessions.retrieve(session)))


def close_checkout(session: str) -> None:
    """Nobody can pay on this page any more. A page that is closed already is fine."""
    try:
        _ask(lambda v1: v1.checkout.sessions.expire(session, {}, {"idempotency_key": f"close-{session}"}))
    except StripeUnknown:
        raise
    except StripeRefused:
        return


def _checkout(found: Any) -> Checkout:
    return Checkout(
        id=found.id,
        url=found.url,
        is_open=found.status == "open",
        is_complete=found.status == "complete",
        gift_code=_gift_code(found) or found.client_reference_id,
        intent=_id(found.payment_intent),
        subscription=_id(found.subscription),
        invoice=_id(found.invoice),
    )


# ---- what was paid ------------------------------------------------------------------------------------------------


def payment(intent: str) -> Payment:
    """A payment with its charge, the charge's fee if it is known, and its refunds, oldest first."""
    found = _ask(lambda v1: v1.payment_intents.retrieve(intent, {"expand": ["latest_charge.balance_transaction"]}))
    charge = found.latest_charge
    charged = charge is not None and charge.status == "succeeded"
    return Payment(
        intent=found.id,
        said=_said(found.status, charge),
        cents=found.amount,
        currency=found.currency.upper(),
        gift_code=_gift_code(found),
        charge=Charged(charge.id, charge.amount, _moment(charge.created), _settled(charge.balance_transaction))
        if charged
        else None,
        refunds=_refunds(intent) if charged else (),
    )


def _said(status: str, charge: Any) -> str:
    if status in ("succeeded", "processing"):
        return status
    return "declined" if charge is not None or status == "canceled" else "open"


def _refunds(intent: str) -> tuple[GivenBack, ...]:
    params = {
        "payment_intent": intent,
        "limit": 100,
        "expand": ["data.balance_transaction", "data.failure_balance_transaction"],
    }
    found = _ask(lambda v1: v1.refunds.list(params)).data
    rows = [
        (refund.created, refund.id, _settled(refund.balance_transaction), _settled(refund.failure_balance_transaction))
        for refund in found
    ]
    return tuple(GivenBack(id_, settled, failed) for _, id_, settled, failed in sorted(rows, key=lambda row: row[:2]))


def invoice(identifier: str) -> Invoice:
    """One month of a subscription, and the payments made for it."""
    found = _ask(lambda v1: v1.invoices.retrieve(identifier, {"expand": ["payments"]}))
    details = found.parent.subscription_details if found.parent else None
    payments = found.payments.data if found.payments else []
    return Invoice(
        id=found.id,
        is_paid=found.status == "paid",
        is_first=found.billing_reason == "subscription_create",
        subscription=_id(details.subscription) if details else None,
        cents=found.amount_paid,
        currency=found.currency.upper(),
        intents=tuple(_id(row.payment.payment_intent) for row in payments if row.payment.payment_intent),
    )


def invoice_of(intent: str) -> str | None:
    """The invoice that this payment was made for, if it was one."""
    params = {"payment": {"type": "payment_intent", "payment_intent": intent}}
    found = _ask(lambda v1: v1.invoice_payments.list(params)).data
    return _id(found[0].invoice) if found else None


# ---- every month --------------------------------------------------------------------------------------------------


def subscription(identifier: str) -> Subscription:
    found = _ask(lambda v1: v1.subscriptions.retrieve(identifier))
    price = found["items"].data[0].price
    return Subscription(
        id=found.id,
        status=found.status,
        customer=_id(found.customer) or "",
        gift_code=_gift_code(found),
        cents=price.unit_amount,
        currency=found.currency.upper(),
        started_at=_moment(found.start_date),
        ended_at=_moment(found.ended_at) if found.ended_at else None,
    )


def end_subscription(identifier: str) -> None:
    """Nothing more is charged. One that has ended already is fine."""
    try:
        _ask(lambda v1: v1.subscriptions.cancel(identifier))
    except StripeUnknown:
        if subscription(identifier).status != "canceled":
            raise


def card_page(customer: str, *, language: str, back_url: str) -> str:
    """The address of Stripe's own page for changing the card. It is a secret: never log it."""
    params = {
        "customer": customer,
        "flow_data": {"type": "payment_method_update"},
        "locale": LOCALES[language],
        "return_url": back_url,
    }
    return _ask(lambda v1: v1.billing_portal.sessions.create(params)).url


# ---- events -------------------------------------------------------------------------------------------------------


def read_event(raw: bytes, signature: str) -> Hint:
    """What an event is about, after its signature, its age and its mode were checked. Raises Forged."""
    settings = config()
    if not settings.stripe_webhook_secret:
        raise Forged("no webhook secret is set")
    try:
        text = raw.decode("utf-8")
        stripe.WebhookSignature.verify_header(text, signature, settings.stripe_webhook_secret, TOLERANCE)
        event = json.loads(text)
        hint = _hint(event)
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError):
        raise Forged("signature") from None
    if event.get("livemode") is not settings.stripe_key.startswith(("sk_live_", "rk_live_")):
        raise Forged("mode")
    return hint


def _hint(event: dict[str, Any]) -> Hint:
    root, root_id = _root(event["type"], event["data"]["object"])
    return Hint(
        event_id=event["id"],
        type=event["type"],
        root=root if root_id else "none",
        root_id=root_id or "",
        api_version=event.get("api_version") or "",
        created_at=_moment(event["created"]),
    )


def _root(kind: str, body: dict[str, Any]) -> tuple[str, str | None]:
    """Which object tells the truth about this event."""
    if kind.startswith("checkout.session."):
        return "session", body["id"]
    if kind.startswith("payment_intent."):
        return "payment_intent", body["id"]
    if kind.startswith("charge.dispute."):
        return "dispute", body["id"]
    if kind.startswith(("charge.", "refund.")):
        return "payment_intent", _name(body.get("payment_intent"))
    if kind.startswith("invoice."):
        return "invoice", body["id"]
    if kind.startswith("invoice_payment."):
        return "invoice", _name(body.get("invoice"))
    if kind.startswith("customer.subscription."):
        return "subscription", body["id"]
    return "none", None


def _name(value: Any) -> str | None:
    return value["id"] if isinstance(value, dict) else value


# ---- small words --------------------------------------------------------------------------------------------------


def _id(value: Any) -> str | None:
    """The identifier of an object that may be expanded."""
    return value if value is None or isinstance(value, str) else value.id


def _gift_code(found: Any) -> str | None:
    metadata = found.metadata
    return metadata["gift"] if metadata is not None and "gift" in metadata else None


def _settled(found: Any) -> Settled | None:
    return None if found is None else Settled(found.id, found.amount, found.fee, _moment(found.created))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
