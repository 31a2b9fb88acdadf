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
    Payment,
    Settled,
    Subscription,
)


def at(found: Any, *path: str) -> Any:
    """What stands at the end of a path of fields; None where a step is absent, null or no object at all."""
    for name in path:
        if found is None or isinstance(found, str | list | int | float) or name not in found:
            return None
        found = found[name]
    return found


def rows_at(found: Any, *path: str) -> list[Any]:
    """The rows of a list of Stripe's; none where there is no list."""
    rows = at(found, *path, "data")
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


def checkout_of(found: Any) -> Checkout:
    return Checkout(
        id=found.id,
        url=at(found, "url"),
        is_open=at(found, "status") == "open",
        is_complete=at(found, "status") == "complete",
        gift_code=_gift_code(found) or at(found, "client_reference_id"),
        intent=id_of(at(found, "payment_intent")),
        subscription=id_of(at(found, "subscription")),
        invoice=id_of(at(found, "invoice")),
        is_for_card=at(found, "mode") == "setup",
    )


def payment_of(found: Any, refunds: Iterable[Any] = (), disputes: Iterable[Any] = ()) -> Payment:
    """A payment intent with its newest charge expanded."""
    charge = at(found, "latest_charge")
    is_charged = has_charge(found)
    return Payment(
        intent=found.id,
        said=_said(at(found, "status"), charge),
        cents=at(found, "amount") or at(charge, "amount") or 0,
        currency=_currency(at(found, "currency") or at(charge, "currency")),
        gift_code=_gift_code(found),
        charge=Charged(charge.id, charge.amount, _since(charge), settled(at(charge, "balance_transaction")))
        if is_charged
        else None,
        refunds=tuple(sorted(map(_given_back, refunds), key=lambda refund: (refund.at, refund.id))),
        disputes=tuple(sorted(map(disputed, disputes), key=lambda dispute: (dispute.opened_at, dispute.id))),
    )


def card_change_of(found: Any) -> CardChange:
    """What came of a page where a card is changed, with its setup intent's card expanded."""
    method = at(found, "setup_intent", "payment_method")
    return CardChange(
        plan=at(found, "metadata", "plan"),
        customer=id_of(at(found, "customer")),
        method=id_of(method) if at(found, "status") == "complete" else None,
        made_at=_since(method) if at(method, "created") else None,
    )


def has_charge(found: Any) -> bool:
    """Whether a payment intent brought money."""
    return at(found, "latest_charge", "status") == "succeeded"


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


def disputed(found: Any) -> Disputed:
    moved = [settled(row) for row in at(found, "balance_transactions") or []]
    return Disputed(
        id=found.id,
        said=at(found, "status") or "",
        reason=at(found, "reason") or "",
        cents=at(found, "amount") or 0,
        currency=_currency(at(found, "currency")),
        opened_at=_since(found),
        due_at=moment(at(found, "evidence_details", "due_by")),
        moved=tuple(sorted((row for row in moved if row), key=lambda row: (row.at, row.id))),
        intent=id_of(at(found, "payment_intent")) or id_of(at(found, "charge", "payment_intent")),
    )


def settled(found: Any) -> Settled | None:
    """A balance transaction, once there is one."""
    if at(found, "id") is None:
        return None
    currency = _currency(at(found, "currency"))
    return Settled(found.id, at(found, "amount") or 0, at(found, "fee") or 0, _since(found), currency)


def invoice_of(found: Any) -> Invoice:
    """One month of a subscription, with its payments expanded."""
    intents = [id_of(at(row, "payment", "payment_intent")) for row in rows_at(found, "payments")]
    return Invoice(
        id=found.id,
        is_paid=at(found, "status") == "paid",
        is_open=at(found, "status") == "open",
        is_first=at(found, "billing_reason") == "subscription_create",
        subscription=id_of(at(found, "parent", "subscription_details", "subscription")),
        cents=at(found, "amount_paid") or 0,
        currency=_currency(at(found, "currency")),
        intents=tuple(intent for intent in intents if intent),
    )


def subscription_of(found: Any) -> Subscription:
    """A subscription; its amount is what a month costs now, over all its items."""
    return Subscription(
        id=found.id,
        status=at(found, "status") or "",
        customer=id_of(at(found, "customer")) or "",
        gift_code=_gift_code(found),
        cents=sum(_cents_of(item) for item in rows_at(found, "items")),
        currency=_currency(at(found, "currency")),
        started_at=moment(at(found, "start_date")) or _since(found),
        ended_at=moment(at(found, "ended_at")),
        method=id_of(at(found, "default_payment_method")),
        newest_invoice=id_of(at(found, "latest_invoice")),
    )


def _cents_of(item: Any) -> int:
    quantity = at(item, "quantity")
    return (at(item, "price", "unit_amount") or 0) * (quantity if isinstance(quantity, int) else 1)


def _gift_code(found: Any) -> str | None:
    return at(found, "metadata", "gift")


def _currency(code: Any) -> str:
    return (code or "usd").upper()


def _since(found: Any) -> datetime:
    return moment(at(found, "created")) or datetime.fromtimestamp(0, UTC)


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
