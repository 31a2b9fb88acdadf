"""The switches at ``/_control``: what the demo and the tests may make happen."""

from dataclasses import asdict

from mexile.demo.standin import billing, cards, checkout, disputes, payouts
from mexile.demo.standin.wire import Refusal
from mexile.demo.standin.world import Body, Switches, World


def state(world: World) -> Body:
    """The switches, and how much there is of what."""
    kinds = ("checkout.session", "payment_intent", "subscription", "refund", "event")
    return asdict(world.switches) | {"counts": {kind: len(world.all(kind)) for kind in kinds}}


def turn(world: World, wanted: Body) -> Body:
    """Set switches by name, e.g. ``{"repeat": true}``; an unknown name is refused."""
    kinds = {name: type(value) for name, value in asdict(Switches()).items()}
    for name, value in wanted.items():
        if name not in kinds:
            raise Refusal(400, f"No such switch: {name}", param=name)
        if kinds[name] is bool:
            value = value in (True, "true", "on", "1")
        setattr(world.switches, name, kinds[name](value))
    return state(world)


def act(world: World, name: str, given: Body) -> Body:
    """Make one thing happen; answers what came of it."""
    match name:
        case "month":
            return {"billed": billing.a_month_passes(world)}
        case "settle":
            return {"settled": checkout.settle(world)}
        case "fees":
            return {"settled": cards.settle_fees(world)}
        case "refund":
            return {"refund": refund_last(world, given)["id"]}
        case "refund_fails":
            return {"refund": cards.fail_refund(world, _newest(world, "refund"))["id"]}
        case "dispute":
            return {"dispute": dispute_last(world, given)["id"]}
        case "dispute_lost" | "dispute_won":
            said = name.removeprefix("dispute_")
            return {"dispute": disputes.close(world, _newest(world, "dispute"), said)["id"]}
        case "payout":
            return {"payout": payouts.pay_out(world)["id"]}
        case "again":
            return {"sent": send_again(world, int(given.get("events", 20)))}
        case "forget":
            world.forget()
            return state(world)
    raise Refusal(404, f"No such act: {name}")


def refund_last(world: World, given: Body) -> Body:
    """Refund a payment, by default the newest that succeeded, whole or in part."""
    return cards.refund(world, *_paid_payment(world, given, "refund"))


def dispute_last(world: World, given: Body) -> Body:
    """A bank disputes a payment, by default the newest that succeeded, whole or in part."""
    return disputes.begin(world, *_paid_payment(world, given, "dispute"))


def _paid_payment(world: World, given: Body, purpose: str) -> tuple[Body, int | None]:
    """The payment named, or the newest that succeeded, and how much of it; None is the whole."""
    wanted = given.get("payment_intent")
    for intent in world.all("payment_intent"):
        if intent["status"] == "succeeded" and wanted in (None, intent["id"]):
            return intent, int(given["amount"]) if given.get("amount") else None
    raise Refusal(404, f"There is no paid payment to {purpose}.")


def _newest(world: World, kind: str) -> Body:
    for body in world.all(kind):
        return body
    raise Refusal(404, f"There is no {kind}.")


def send_again(world: World, count: int) -> int:
    """Send the newest events once more, as Stripe does after an outage."""
    again = list(reversed(world.all("event")[:count]))
    world.unsent += again
    return len(again)


def adopt(world: World, *, email: str, name: str, price: Body, metadata: Body, started: int) -> Body:
    """A subscription that has been running for a while, so that an invented donor can really change or stop it."""
    customer = cards.new_customer(world, email, name)["id"]
    method = cards.new_card(world, customer, cards.CARDS["4242424242424242"], email, name)["id"]
    own = {"customer": customer, "default_payment_method": method, "metadata": metadata}
    subscription = billing.new_subscription(world, price, started=started, **own)
    world.unsent.clear()
    return subscription
