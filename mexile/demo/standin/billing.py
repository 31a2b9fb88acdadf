"""Billing: subscriptions, their monthly invoices, and the portal where a card is changed."""

import calendar
import secrets
from datetime import UTC, datetime

from mexile.demo.standin import cards
from mexile.demo.standin.events import tell
from mexile.demo.standin.shapes import blank, complete
from mexile.demo.standin.wire import Refusal, only
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
    asked = kept["subscription"]
    price = price_of(cents, currency, kept["name"], interval=kept["interval"])
    own = {"metadata": asked.get("metadata", {}), "description": asked.get("description")}
    subscription = new_subscription(world, price, customer=customer, default_payment_method=method["id"], **own)
    subscription["status"] = "active" if status == "succeeded" else "incomplete"
    tell(world, "customer.subscription.created", subscription)
    invoice = _new_invoice(world, subscription, "subscription_create")
    _note_payment(world, invoice, intent)
    session |= {"subscription": subscription["id"], "invoice": invoice["id"]}
    if status == "succeeded":
        _paid(world, invoice)
    return status


def new_subscription(world: World, price: Body, *, started: int | None = None, **more: object) -> Body:
    """An active subscription with one item; nothing is announced and nothing billed."""
    start = started or world.now()
    price = world.new("price", "price", **price)
    own = {"billing_cycle_anchor": start, "start_date": start, "created": start, "currency": price["currency"]}
    subscription = world.new("sub", "subscription", **own, **more)
    period = {"current_period_start": start, "current_period_end": _a_month_after(start)}
    about = {"plan": _plan(price), "price": price, "subscription": subscription["id"]}
    subscription["items"]["data"] = [world.new("si", "subscription_item", **period, **about)]
    return subscription


def price_of(cents: int, currency: str, name: str, interval: str = "month") -> Body:
    """What a monthly price says beside what every price does."""
    price: Body = {"currency": currency, "nickname": name, "product": f"prod_{secrets.token_hex(12)}"}
    price |= {"unit_amount": cents, "unit_amount_decimal": str(cents)}
    return price | {"recurring": blank("price")["recurring"] | {"interval": interval}}


def _plan(price: Body) -> Body:
    """The older name of a price, which Stripe still sends beside it."""
    shared = ("id", "active", "billing_scheme", "created", "currency", "livemode", "metadata", "nickname", "product")
    plan = blank("plan", object="plan", amount=price["unit_amount"], amount_decimal=price["unit_amount_decimal"])
    return complete(plan | {name: price[name] for name in shared} | {"interval": price["recurring"]["interval"]})


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
        **dict.fromkeys(("amount_due", "amount_remaining", "subtotal", "total"), cents),
        billing_reason=reason,
        currency=subscription["currency"],
        customer=subscription["customer"],
        period_end=now,
        period_start=now,
    )
    details = {"metadata": dict(subscription["metadata"]), "subscription": subscription["id"]}
    invoice["parent"]["subscription_details"] |= details
    invoice["lines"]["data"] = [_line(invoice, subscription)]
    invoice["status_transitions"]["finalized_at"] = now
    subscription["latest_invoice"] = invoice["id"]
    tell(world, "invoice.created", invoice)
    tell(world, "invoice.finalized", invoice)
    return invoice


def _line(invoice: Body, subscription: Body) -> Body:
    """The one line of a month's invoice."""
    item, cents = subscription["items"]["data"][0], invoice["amount_due"]
    period = {"start": item["current_period_start"], "end": item["current_period_end"]}
    about = {"id": f"il_{secrets.token_hex(12)}", "object": "line_item", "amount": cents, "subtotal": cents}
    about |= {"currency": invoice["currency"], "invoice": invoice["id"], "livemode": False, "period": period}
    return complete(blank("line_item", **about, quantity=1, subscription=subscription["id"]))


def _note_payment(world: World, invoice: Body, intent: Body) -> None:
    about = {"invoice": invoice["id"], "amount_requested": invoice["amount_due"], "currency": invoice["currency"]}
    world.new("inpay", "invoice_payment", payment={"payment_intent": intent["id"], "type": "payment_intent"}, **about)


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
    return [payment for payment in reversed(world.all("invoice_payment")) if payment["invoice"] == invoice["id"]]


def change(world: World, subscription: Body, given: Body) -> Body:
    """Change what may be changed; anything else the stand-in refuses rather than ignores."""
    _still_running(subscription)
    only(given, ("cancel_at_period_end", "metadata", "default_payment_method", "description"), "change")
    subscription |= given | {"metadata": subscription["metadata"] | given.get("metadata", {})}
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
    customer["invoice_settings"] = blank("customer.invoice_settings", default_payment_method=method["id"])
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
    only(given, ("payment_method", "off_session"), "pay with")
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
    price = world.new(
        "price", "price", **price_of(cents, old["currency"], old["nickname"], old["recurring"]["interval"])
    )
    item |= {"price": price, "plan": _plan(price)}
    tell(world, "customer.subscription.updated", subscription)
    return subscription


def _a_month_after(moment: int) -> int:
    """The same day of the next month, or its last day where it has none."""
    start = datetime.fromtimestamp(moment, UTC)
    year, month = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())
