"""Billing: subscriptions, their monthly invoices, and the portal where a card is changed."""

import calendar
import secrets
from datetime import UTC, datetime

from mexile.demo.standin import cards
from mexile.demo.standin.events import tell
from mexile.demo.standin.shapes import complete
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.world import Body, World


def begin(world: World, session: Body, kept: Body, customer: str, method: Body) -> str:
    """The first payment of a subscription; only if it is not declined does the subscription exist."""
    cents, currency = session["amount_total"], session["currency"]
    intent = world.objects.get(kept.get("first_intent", ""))
    if intent is None:
        intent = cards.new_intent(world, cents, currency, customer=customer, description="Subscription creation")
        kept["first_intent"] = intent["id"]
    status = cards.pay(world, intent, method)
    if status == "requires_payment_method":
        return status
    subscription = new_subscription(
        world,
        customer=customer,
        method=method["id"],
        cents=cents,
        currency=currency,
        interval=kept["interval"],
        name=kept["name"],
        metadata=kept["subscription"].get("metadata", {}),
        description=kept["subscription"].get("description"),
    )
    subscription["status"] = "active" if status == "succeeded" else "incomplete"
    tell(world, "customer.subscription.created", subscription)
    invoice = _new_invoice(world, subscription, "subscription_create")
    _note_payment(world, invoice, intent)
    session |= {"subscription": subscription["id"], "invoice": invoice["id"]}
    if status == "succeeded":
        _paid(world, invoice)
    return status


def new_subscription(
    world: World,
    *,
    customer: str,
    method: str,
    cents: int,
    currency: str,
    interval: str,
    name: str,
    metadata: Body,
    description: str | None = None,
    started: int | None = None,
) -> Body:
    """An active subscription with one item; nothing is announced and nothing billed."""
    start = started or world.now()
    price = world.new("price", "price", **_price(cents, currency, interval, name))
    subscription = world.new(
        "sub",
        "subscription",
        automatic_tax={"disabled_reason": None, "enabled": False, "liability": None},
        billing_cycle_anchor=start,
        billing_mode={"flexible": {"proration_discounts": "included"}, "type": "flexible", "updated_at": None},
        billing_schedules=[],
        cancel_at_period_end=False,
        collection_method="charge_automatically",
        currency=currency,
        customer=customer,
        default_payment_method=method,
        description=description,
        discounts=[],
        invoice_settings={
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": {"account": None, "type": "self"},
        },
        items={"object": "list", "data": [], "has_more": False, "url": "/v1/subscription_items"},
        metadata=metadata,
        start_date=start,
        status="active",
        created=start,
    )
    item = world.new(
        "si",
        "subscription_item",
        current_period_start=start,
        current_period_end=_a_month_after(start),
        discounts=[],
        metadata={},
        plan=_plan(price),
        price=price,
        quantity=1,
        subscription=subscription["id"],
        tax_rates=[],
    )
    subscription["items"]["data"] = [item]
    return subscription


def _price(cents: int, currency: str, interval: str, name: str) -> Body:
    return {
        "active": False,
        "billing_scheme": "per_unit",
        "currency": currency,
        "metadata": {},
        "nickname": name,
        "product": f"prod_{secrets.token_hex(12)}",
        "recurring": {
            "interval": interval,
            "interval_count": 1,
            "meter": None,
            "trial_period_days": None,
            "usage_type": "licensed",
        },
        "tax_behavior": "unspecified",
        "type": "recurring",
        "unit_amount": cents,
        "unit_amount_decimal": str(cents),
    }


def _plan(price: Body) -> Body:
    """The older name of a price, which Stripe still sends beside it."""
    shared = ("id", "active", "billing_scheme", "created", "currency", "livemode", "metadata", "nickname", "product")
    return complete(
        {name: price[name] for name in shared}
        | {
            "object": "plan",
            "amount": price["unit_amount"],
            "amount_decimal": price["unit_amount_decimal"],
            "interval": price["recurring"]["interval"],
            "interval_count": 1,
            "usage_type": "licensed",
        }
    )


def a_month_passes(world: World) -> int:
    """Every running subscription is billed once more, now; answers how many were billed."""
    billed = 0
    for subscription in reversed(world.all("subscription")):
        if subscription["status"] not in ("active", "past_due"):
            continue
        if subscription["cancel_at_period_end"]:
            end(world, subscription)
            continue
        _renew(world, subscription)
        billed += 1
    return billed


def _renew(world: World, subscription: Body) -> None:
    item = subscription["items"]["data"][0]
    item["current_period_start"] = item["current_period_end"]
    item["current_period_end"] = _a_month_after(item["current_period_start"])
    invoice = _new_invoice(world, subscription, "subscription_cycle")
    intent = cards.new_intent(
        world,
        invoice["amount_due"],
        invoice["currency"],
        customer=subscription["customer"],
        description="Subscription update",
    )
    _note_payment(world, invoice, intent)
    status = cards.pay(world, intent, _method_of(world, subscription), renewal=True)
    invoice |= {"attempted": True, "attempt_count": 1}
    if status == "succeeded":
        _paid(world, invoice)
    elif status == "requires_payment_method":
        tell(world, "invoice.payment_failed", invoice)
        subscription["status"] = "past_due"
    tell(world, "customer.subscription.updated", subscription)


def paid_late(world: World, intent: Body) -> None:
    """A payment that was on its way has arrived: its invoice, if it has one, is paid."""
    for payment in world.all("invoice_payment"):
        if payment["payment"]["payment_intent"] == intent["id"] and payment["status"] == "open":
            _paid(world, world.get("invoice", payment["invoice"]))


def _new_invoice(world: World, subscription: Body, reason: str, *, cents: int | None = None) -> Body:
    cents = subscription["items"]["data"][0]["price"]["unit_amount"] if cents is None else cents
    now = world.now()
    invoice = world.new(
        "in",
        "invoice",
        amount_due=cents,
        amount_overpaid=0,
        amount_paid=0,
        amount_remaining=cents,
        amount_shipping=0,
        attempt_count=0,
        attempted=False,
        automatic_tax={
            "disabled_reason": None,
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        auto_advance=True,
        billing_reason=reason,
        collection_method="charge_automatically",
        currency=subscription["currency"],
        customer=subscription["customer"],
        default_tax_rates=[],
        discounts=[],
        issuer={"account": None, "type": "self"},
        lines={"object": "list", "data": [], "has_more": False, "url": "/v1/invoices/lines"},
        metadata={},
        parent={
            "quote_details": None,
            "subscription_details": {
                "metadata": dict(subscription["metadata"]),
                "subscription": subscription["id"],
                "subscription_proration_date": None,
            },
            "type": "subscription_details",
        },
        payment_settings={"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        period_end=now,
        period_start=now,
        post_payment_credit_notes_amount=0,
        pre_payment_credit_notes_amount=0,
        starting_balance=0,
        status="open",
        status_transitions={
            "finalized_at": now,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        subtotal=cents,
        total=cents,
    )
    subscription["latest_invoice"] = invoice["id"]
    tell(world, "invoice.created", invoice)
    tell(world, "invoice.finalized", invoice)
    return invoice


def _note_payment(world: World, invoice: Body, intent: Body) -> None:
    world.new(
        "inpay",
        "invoice_payment",
        amount_requested=invoice["amount_due"],
        currency=invoice["currency"],
        invoice=invoice["id"],
        is_default=True,
        payment={"payment_intent": intent["id"], "type": "payment_intent"},
        status="open",
        status_transitions={"canceled_at": None, "paid_at": None},
    )


def _paid(world: World, invoice: Body) -> None:
    invoice |= {"status": "paid", "amount_paid": invoice["amount_due"], "amount_remaining": 0, "attempted": True}
    invoice["status_transitions"]["paid_at"] = world.now()
    for payment in payments_of(world, invoice):
        payment |= {"status": "paid", "amount_paid": payment["amount_requested"]}
        payment["status_transitions"]["paid_at"] = world.now()
        tell(world, "invoice_payment.paid", payment)
    tell(world, "invoice.paid", invoice)
    tell(world, "invoice.payment_succeeded", invoice)
    subscription = world.objects[invoice["parent"]["subscription_details"]["subscription"]]
    if subscription["status"] in ("incomplete", "past_due"):
        subscription["status"] = "active"
        tell(world, "customer.subscription.updated", subscription)


def payments_of(world: World, invoice: Body) -> list[Body]:
    """The payments of an invoice, oldest first."""
    return [found for found in reversed(world.all("invoice_payment")) if found["invoice"] == invoice["id"]]


def change(world: World, subscription: Body, given: Body) -> Body:
    """Change what may be changed; anything else the stand-in refuses rather than ignores."""
    _still_running(subscription)
    for name, value in given.items():
        if name not in ("cancel_at_period_end", "metadata", "default_payment_method", "description"):
            raise Refusal(400, f"The stand-in cannot change {name}.", param=name)
        subscription[name] = subscription["metadata"] | value if name == "metadata" else value
    if "cancel_at_period_end" in given:
        period_end = subscription["items"]["data"][0]["current_period_end"]
        subscription["cancel_at"] = period_end if given["cancel_at_period_end"] else None
    tell(world, "customer.subscription.updated", subscription)
    return subscription


def end(world: World, subscription: Body) -> Body:
    """End a subscription now; nothing more is billed."""
    _still_running(subscription)
    now = world.now()
    subscription |= {"status": "canceled", "canceled_at": now, "ended_at": now}
    tell(world, "customer.subscription.deleted", subscription)
    return subscription


def _still_running(subscription: Body) -> None:
    if subscription["status"] == "canceled":
        raise Refusal(404, f"No such subscription: '{subscription['id']}'", code="resource_missing", param="id")


def open_portal(world: World, given: Body) -> Body:
    """A short-lived page where one customer changes the card; its address is a secret."""
    world.get("customer", given["customer"])
    flow = given.get("flow_data")
    if flow and flow["type"] != "payment_method_update":
        raise Refusal(400, "The stand-in's portal only changes the card.", param="flow_data[type]")
    session = world.new(
        "bps",
        "billing_portal.session",
        configuration="bpc_standin",
        customer=given["customer"],
        locale=given.get("locale"),
        return_url=given.get("return_url"),
        url="",
    )
    session["url"] = f"{world.address}/portal/{session['id']}"
    return session


def change_card(world: World, customer: Body, card: cards.Card) -> Body:
    """Put a new card on a customer. A subscription that has a card of its own keeps it, and nothing is tried again."""
    method = cards.new_card(world, customer["id"], card, customer["email"], customer["name"])
    customer["invoice_settings"] = {
        "custom_fields": None,
        "default_payment_method": method["id"],
        "footer": None,
        "rendering_options": None,
    }
    tell(world, "customer.updated", customer)
    return method


def _method_of(world: World, subscription: Body) -> Body:
    """The card that pays: the subscription's own, or else the customer's."""
    customer = world.get("customer", subscription["customer"])
    own = subscription["default_payment_method"]
    return world.get("payment_method", own or customer.get("invoice_settings", {}).get("default_payment_method"))


def pay_invoice(world: World, invoice: Body, given: Body) -> Body:
    """Try an open invoice now, with the card named or the one that would pay it anyway."""
    if invoice["status"] != "open":
        raise Refusal(400, f"Invoice is already {invoice['status']}", code="invoice_already_paid")
    for name in given:
        if name not in ("payment_method", "off_session"):
            raise Refusal(400, f"The stand-in cannot pay with {name}.", param=name)
    subscription = world.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
    named = given.get("payment_method")
    method = world.get("payment_method", named) if named else _method_of(world, subscription)
    intent = world.get("payment_intent", payments_of(world, invoice)[0]["payment"]["payment_intent"])
    if cards.pay(world, intent, method, renewal=True) == "requires_payment_method":
        raise Refusal(402, "Your card was declined.", kind="card_error", code="card_declined")
    if intent["status"] == "succeeded":
        _paid(world, invoice)
    return invoice


def a_free_month(world: World, subscription: Body) -> Body:
    """A month that costs nothing, as a coupon makes it: an invoice that is paid at once, by no payment."""
    invoice = _new_invoice(world, subscription, "subscription_cycle", cents=0)
    _paid(world, invoice)
    return invoice


def change_amount(world: World, subscription: Body, cents: int) -> Body:
    """Somebody changes the price of a subscription at Stripe."""
    item = subscription["items"]["data"][0]
    old = item["price"]
    price = world.new("price", "price", **_price(cents, old["currency"], old["recurring"]["interval"], old["nickname"]))
    item |= {"price": price, "plan": _plan(price)}
    tell(world, "customer.subscription.updated", subscription)
    return subscription


def _a_month_after(moment: int) -> int:
    """The same day of the next month, or its last day where it has none."""
    start = datetime.fromtimestamp(moment, UTC)
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())
