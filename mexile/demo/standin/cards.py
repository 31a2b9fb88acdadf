"""Test cards, and the moving of no money: customers, cards, intents, charges, fees and refunds."""

import copy
from dataclasses import dataclass

from mexile.demo.standin.events import tell
from mexile.demo.standin.shapes import blank
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.world import Body, World


@dataclass(frozen=True)
class Card:
    """What a test card does, on its first payment and on the later ones."""

    number: str
    brand: str = "visa"
    decline: str | None = None
    decline_code: str | None = None
    renewal_fails: bool = False


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242"),
        Card("5555555555554444", brand="mastercard"),
        Card("4000000000000002", decline="card_declined", decline_code="generic_decline"),
        Card("4000000000009995", decline="card_declined", decline_code="insufficient_funds"),
        Card("4000000000000341", renewal_fails=True),
    )
}


RATES = {"mxn": 0.0556}
"""What the balance, which is in dollars, gets for a unit of another currency."""


def fee_of(cents: int) -> int:
    """Stripe's standard fee in the United States, 2.9 % and 30 cents, to the nearest cent."""
    return (cents * 29 + 500) // 1000 + 30


def new_customer(world: World, email: str | None, name: str | None, **more: object) -> Body:
    """A customer, announced."""
    customer = world.new("cus", "customer", email=email, name=name, **more)
    tell(world, "customer.created", customer)
    return customer


def new_card(world: World, customer: str | None, card: Card, email: str | None, name: str | None) -> Body:
    """A payment method back of a test card; of its number only the last four stay visible."""
    method = world.new(
        "pm",
        "payment_method",
        billing_details=blank("payment_method.billing_details", email=email, name=name),
        card=blank("payment_method.card", brand=card.brand, last4=card.number[-4:]),
        customer=customer,
    )
    world.private[method["id"]] = {"number": card.number}
    if customer:
        tell(world, "payment_method.attached", method)
    return method


def new_intent(world: World, cents: int, currency: str, **more: object) -> Body:
    """A payment intent that waits for a card."""
    intent = world.new("pi", "payment_intent", amount=cents, currency=currency, **more)
    tell(world, "payment_intent.created", intent)
    return intent


def pay(world: World, intent: Body, method: Body, *, renewal: bool = False) -> str:
    """Try a card on an intent; the new status is "succeeded", "processing" or "requires_payment_method"."""
    card = CARDS[world.private[method["id"]]["number"]]
    declined, code = card.decline, card.decline_code
    if world.switches.decline_next or (renewal and card.renewal_fails):
        declined, code = "card_declined", "generic_decline"
        world.switches.decline_next = False
    intent["payment_method"] = method["id"]
    charge = _new_charge(world, intent, method)
    intent["latest_charge"] = charge["id"]
    if declined:
        return _decline(world, intent, charge, declined, code)
    if world.switches.pay_late:
        intent["status"], charge["status"] = "processing", "pending"
        tell(world, "payment_intent.processing", intent)
        tell(world, "charge.pending", charge)
        return "processing"
    return succeed(world, intent)


def succeed(world: World, intent: Body) -> str:
    """The bank said yes. The balance transaction, and with it the fee, comes a while later."""
    charge = world.get("charge", intent["latest_charge"])
    charge |= {"status": "succeeded", "paid": True, "captured": True, "amount_captured": charge["amount"]}
    charge["receipt_url"] = None
    intent |= {"status": "succeeded", "amount_received": intent["amount"], "last_payment_error": None}
    tell(world, "charge.succeeded", charge)
    tell(world, "payment_intent.succeeded", intent)
    world.later(world.switches.fee_late_seconds, lambda: settle_charge(world, charge))
    return "succeeded"


def refund(world: World, intent: Body, cents: int | None, **more: object) -> Body:
    """Give money back. Stripe keeps its fee."""
    charge = world.get("charge", intent["latest_charge"]) if intent["latest_charge"] else None
    if charge is None or charge["status"] != "succeeded":
        raise Refusal(400, "This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    left = charge["amount"] - charge["amount_refunded"]
    cents = left if cents is None else cents
    if not left:
        raise Refusal(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if not 0 < cents <= left:
        raise Refusal(400, "Refund amount is greater than unrefunded amount on charge", param="amount")
    settle_charge(world, charge)
    about = {"amount": cents, "charge": charge["id"], "currency": charge["currency"], "payment_intent": intent["id"]}
    back = world.new("re", "refund", **about, **more)
    back["balance_transaction"] = transaction(world, "refund", -cents, 0, back)["id"]
    charge["amount_refunded"] += cents
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    tell(world, "refund.created", back)
    tell(world, "charge.refunded", charge)
    return back


def fail_refund(world: World, back: Body) -> Body:
    """The donor's bank sends a refund back: the money is ours again."""
    charge = world.get("charge", back["charge"])
    back |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
    moved = transaction(world, "refund_failure", back["amount"], 0, back)
    back["failure_balance_transaction"] = moved["id"]
    charge["amount_refunded"] -= back["amount"]
    charge["refunded"] = False
    tell(world, "refund.failed", back)
    tell(world, "charge.refund.updated", back)
    return back


def _new_charge(world: World, intent: Body, method: Body) -> Body:
    return world.new(
        "ch",
        "charge",
        **{name: copy.deepcopy(intent[name]) for name in ("amount", "currency", "customer", "metadata")},
        billing_details=method["billing_details"],
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details={"type": "card", "card": blank("charge.card", **_shown(method["card"]))},
    )


def _shown(card: Body) -> Body:
    return {name: card[name] for name in ("brand", "last4", "exp_month", "exp_year")}


def _decline(world: World, intent: Body, charge: Body, code: str, decline_code: str | None) -> str:
    words = "Your card has insufficient funds." if decline_code == "insufficient_funds" else "Your card was declined."
    charge |= {"status": "failed", "failure_code": code, "failure_message": words}
    error = {"charge": charge["id"], "code": code, "decline_code": decline_code, "message": words, "type": "card_error"}
    intent |= {"status": "requires_payment_method", "last_payment_error": error}
    tell(world, "charge.failed", charge)
    tell(world, "payment_intent.payment_failed", intent)
    return "requires_payment_method"


def settle_charge(world: World, charge: Body) -> None:
    """The charge reaches the balance: now its fee is known."""
    if charge["balance_transaction"] is None and charge["id"] in world.objects:
        moved = transaction(world, "charge", charge["amount"], fee_of(charge["amount"]), charge)
        charge["balance_transaction"] = moved["id"]
        tell(world, "charge.updated", charge, {"balance_transaction": None})


def settle_fees(world: World) -> int:
    """Every charge that was still on its way reaches the balance now; answers how many."""
    waiting = [body for body in world.all("charge") if body["paid"] and body["balance_transaction"] is None]
    for charge in reversed(waiting):
        settle_charge(world, charge)
    return len(waiting)


def transaction(world: World, kind: str, cents: int, fee: int, source: Body, **more: object) -> Body:
    """Money that moved on the balance, which is in dollars; the fee is the payment's or the dispute's."""
    rate = RATES.get(source["currency"])
    currency = "usd" if rate else source["currency"]
    cents, fee = (round(cents * rate), round(fee * rate)) if rate else (cents, fee)
    words = "Dispute fee" if source["object"] == "dispute" else "Stripe processing fees"
    detail = {"amount": fee, "application": None, "currency": currency, "description": words, "type": "stripe_fee"}
    return world.new(
        "txn",
        "balance_transaction",
        amount=cents,
        available_on=world.now() + 2 * 86400,
        currency=currency,
        exchange_rate=rate,
        fee=fee,
        fee_details=[detail] if fee else [],
        net=cents - fee,
        source=source["id"],
        type=kind,
        **{"reporting_category": kind} | more,
    )
