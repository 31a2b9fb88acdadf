"""From Stripe's objects and events to our own values.

Stripe leaves some empty fields out, sends others as null, and may change which: both mean "nothing" here, wherever
an object is read. That is why nothing of Stripe's is read but through ``at``.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from mexile.gifts.stripe.rules import (
    CardChange,
    Charged,
    Checkout,
    Disputed,
    GivenBack,
    Hint,
    Invoice,
    Moved,
    PaidOut,
    Payment,
    Settled,
    Subscription,
)


def at(body: Any, *path: str) -> Any:
    """What stands at the end of a path of fields; None where a step is absent, null or no object at all."""
    for name in path:
        if body is None or isinstance(body, str | list | int | float) or name not in body:
            return None
        body = body[name]
    return body


def rows_at(body: Any, *path: str) -> list[Any]:
    """The rows of a list of Stripe's; none where there is no list."""
    rows = at(body, *path, "data")
    return list(rows) if isinstance(rows, list) else []


def id_of(value: Any) -> str | None:
    """The identifier of an object that may be expanded."""
    name = value if isinstance(value, str) else at(value, "id")
    return name if isinstance(name, str) and name else None


def moment(seconds: Any) -> datetime | None:
    """A moment as Stripe writes it, in whole seconds; None for whatever is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def checkout_of(session: Any) -> Checkout:
    return Checkout(
        id=session.id,
        url=at(session, "url"),
        is_open=at(session, "status") == "open",
        is_complete=at(session, "status") == "complete",
        gift_code=_gift_code(session) or at(session, "client_reference_id"),
        intent=id_of(at(session, "payment_intent")),
        subscription=id_of(at(session, "subscription")),
        invoice=id_of(at(session, "invoice")),
        is_for_card=at(session, "mode") == "setup",
    )


def payment_of(intent: Any, refunds: Iterable[Any] = (), disputes: Iterable[Any] = ()) -> Payment:
    """A payment intent with its newest charge expanded."""
    charge = at(intent, "latest_charge")
    is_charged = has_charge(intent)
    return Payment(
        intent=intent.id,
        said=_said(at(intent, "status"), charge),
        cents=at(intent, "amount") or at(charge, "amount") or 0,
        currency=_currency(at(intent, "currency") or at(charge, "currency")),
        gift_code=_gift_code(intent),
        charge=Charged(charge.id, charge.amount, _since(charge), settled(at(charge, "balance_transaction")))
        if is_charged
        else None,
        refunds=tuple(sorted(map(_given_back, refunds), key=lambda refund: (refund.at, refund.id))),
        disputes=tuple(sorted(map(disputed, disputes), key=lambda dispute: (dispute.opened_at, dispute.id))),
    )


def card_change_of(session: Any) -> CardChange:
    """What came of a page where a card is changed, with its setup intent's card expanded."""
    method = at(session, "setup_intent", "payment_method")
    return CardChange(
        plan=at(session, "metadata", "plan"),
        customer=id_of(at(session, "customer")),
        method=id_of(method) if at(session, "status") == "complete" else None,
        made_at=_since(method) if at(method, "created") else None,
    )


def has_charge(intent: Any) -> bool:
    """Whether a payment intent brought money."""
    return at(intent, "latest_charge", "status") == "succeeded"


def _said(status: str | None, charge: Any) -> str:
    if status in ("succeeded", "processing"):
        return status
    return "declined" if charge is not None or status == "canceled" else "open"


def _given_back(refund: Any) -> GivenBack:
    return GivenBack(
        id=refund.id,
        at=_since(refund),
        settled=settled(at(refund, "balance_transaction")),
        failed=settled(at(refund, "failure_balance_transaction")),
        cents=at(refund, "amount") or 0,
    )


def disputed(dispute: Any) -> Disputed:
    moved = [settled(row) for row in at(dispute, "balance_transactions") or []]
    return Disputed(
        id=dispute.id,
        said=at(dispute, "status") or "",
        reason=at(dispute, "reason") or "",
        cents=at(dispute, "amount") or 0,
        currency=_currency(at(dispute, "currency")),
        opened_at=_since(dispute),
        due_at=moment(at(dispute, "evidence_details", "due_by")),
        moved=tuple(sorted((row for row in moved if row), key=lambda row: (row.at, row.id))),
        intent=id_of(at(dispute, "payment_intent")) or id_of(at(dispute, "charge", "payment_intent")),
    )


def settled(transaction: Any) -> Settled | None:
    """A balance transaction, once there is one."""
    if at(transaction, "id") is None:
        return None
    currency = _currency(at(transaction, "currency"))
    return Settled(
        transaction.id, at(transaction, "amount") or 0, at(transaction, "fee") or 0, _since(transaction), currency
    )


def moved_of(transaction: Any) -> Moved:
    """A balance transaction with its source expanded."""
    return Moved(
        id=transaction.id,
        category=at(transaction, "reporting_category") or "",
        cents=at(transaction, "amount") or 0,
        fee_cents=at(transaction, "fee") or 0,
        currency=_currency(at(transaction, "currency")),
        at=_since(transaction),
        source=id_of(at(transaction, "source")) or "",
        intent=id_of(at(transaction, "source", "payment_intent")),
    )


def paid_out_of(payout: Any) -> PaidOut:
    return PaidOut(
        id=payout.id,
        cents=at(payout, "amount") or 0,
        currency=_currency(at(payout, "currency")),
        is_automatic=bool(at(payout, "automatic")),
        is_listed=bool(at(payout, "automatic")) and at(payout, "reconciliation_status") == "completed",
        said=at(payout, "status") or "",
        made_at=_since(payout),
        arrives_at=moment(at(payout, "arrival_date")) or _since(payout),
    )


def invoice_of(invoice: Any) -> Invoice:
    """One month of a subscription, with its payments expanded."""
    intents = [id_of(at(row, "payment", "payment_intent")) for row in rows_at(invoice, "payments")]
    return Invoice(
        id=invoice.id,
        is_paid=at(invoice, "status") == "paid",
        is_open=at(invoice, "status") == "open",
        is_first=at(invoice, "billing_reason") == "subscription_create",
        subscription=id_of(at(invoice, "parent", "subscription_details", "subscription")),
        cents=at(invoice, "amount_paid") or 0,
        currency=_currency(at(invoice, "currency")),
        intents=tuple(intent for intent in intents if intent),
    )


def subscription_of(subscription: Any) -> Subscription:
    """A subscription; its amount is what a month costs now, over all its items."""
    return Subscription(
        id=subscription.id,
        status=at(subscription, "status") or "",
        customer=id_of(at(subscription, "customer")) or "",
        gift_code=_gift_code(subscription),
        cents=sum(_cents_of(item) for item in rows_at(subscription, "items")),
        currency=_currency(at(subscription, "currency")),
        started_at=moment(at(subscription, "start_date")) or _since(subscription),
        ended_at=moment(at(subscription, "ended_at")),
        method=id_of(at(subscription, "default_payment_method")),
        newest_invoice=id_of(at(subscription, "latest_invoice")),
    )


def _cents_of(item: Any) -> int:
    quantity = at(item, "quantity")
    return (at(item, "price", "unit_amount") or 0) * (quantity if isinstance(quantity, int) else 1)


def _gift_code(body: Any) -> str | None:
    return at(body, "metadata", "gift")


def _currency(code: Any) -> str:
    return (code or "usd").upper()


def _since(body: Any) -> datetime:
    return moment(at(body, "created")) or datetime.fromtimestamp(0, UTC)


# ---- events -------------------------------------------------------------------------------------------------------

WORD = re.compile(r"[A-Za-z0-9_.\-]{1,255}")

ROOTS = (
    ("checkout.session.", "session", ("id",)),
    ("payment_intent.", "payment_intent", ("id",)),
    ("charge.dispute.", "dispute", ("id",)),
    ("charge.", "payment_intent", ("payment_intent",)),
    ("refund.", "payment_intent", ("payment_intent",)),
    ("invoice.deleted", "none", ()),
    ("invoice.", "invoice", ("id",)),
    ("invoice_payment.", "invoice", ("invoice",)),
    ("customer.subscription.", "subscription", ("id",)),
)
"""How the type of an event begins, the object that tells the truth about it, and where its identifier stands."""


def hint_of(event: Any, now: datetime) -> Hint | None:
    """Which object an event asks for; root "none" for what we don't use, None for what isn't even named.

    Thin events, events of kinds that are unknown here and fields of odd shapes are nothing to complain of: Stripe
    would send them again for days and then close the address.
    """
    name, kind = _word(at(event, "id")), _word(at(event, "type"))
    if name is None or kind is None:
        return None
    root, identifier = _root(kind, at(event, "data", "object"))
    return Hint(
        event_id=name,
        type=kind,
        root=root if identifier else "none",
        root_id=identifier or "",
        api_version=_word(at(event, "api_version")) or "",
        created_at=moment(at(event, "created")) or now,
    )


def _root(kind: str, body: Any) -> tuple[str, str | None]:
    for beginning, root, path in ROOTS:
        if kind.startswith(beginning):
            return root, _word(id_of(at(body, *path))) if path else None
    return "none", None


def _word(value: Any) -> str | None:
    """An identifier or a type as Stripe writes them; None for anything else."""
    return value if isinstance(value, str) and WORD.fullmatch(value) else None
