"""What the stand-in knows of the gifts that were laid: the monthly ones that run, and today's
payment that the bank has not confirmed. So an invented donor can really change the card or stop,
and "the bank answers" brings the money."""

from datetime import UTC, datetime, time, timedelta

from mexile.demo.organization.plan import Row, Rows
from mexile.demo.standin import billing, cards, checkout, control
from mexile.demo.standin.world import World
from mexile.ground import clock

CARD = "4242424242424242"
A_WHILE = timedelta(minutes=10)
"""So long has the bank been thinking about today's gift."""


def adopt(rows: Rows, world: World) -> None:
    """Tell the stand-in, and write its identifiers into the rows."""
    donors = {donor.code: donor for donor in rows["donor"]}
    first = {gift.recurring_gift_id: gift.code for gift in reversed(rows["gift"])}
    with world.changing():
        for plan in rows["recurring_gift"]:
            if plan.said == "active":
                _adopt_plan(world, plan, donors[plan.donor_id], first[plan.id])
        for gift in rows["gift"]:
            if gift.get("said") == "processing":
                _adopt_late(world, gift, donors[gift.donor_id])
        world.unsent.clear()


def _adopt_plan(world: World, plan: Row, donor: Row, first_gift: str) -> None:
    subscription = control.adopt(
        world,
        email=donor.email,
        name=donor.name,
        price=billing.price_of(plan.amount_cents, "usd", "Gift"),
        metadata={"gift": first_gift},
        started=int(datetime.combine(plan.started_at, time(18), UTC).timestamp()),
    )
    plan.update(stripe_subscription=subscription["id"], stripe_customer=subscription["customer"])
    donor["stripe_customer"] = subscription["customer"]


def _adopt_late(world: World, gift: Row, donor: Row) -> None:
    """A finished Checkout whose bank is still thinking: its session and payment."""
    price = {"currency": "usd", "unit_amount": gift.amount_cents, "product_data": {"name": "Gift"}}
    session = checkout.create(
        world,
        {
            "mode": "payment",
            "customer_creation": "always",
            "customer_email": donor.email,
            "line_items": [{"quantity": 1, "price_data": price}],
            "locale": gift.language,
            "metadata": {"gift": gift.code},
            "payment_intent_data": {"metadata": {"gift": gift.code}},
            "success_url": "http://127.0.0.1/give",
            "cancel_url": "http://127.0.0.1/give",
        },
    )
    world.switches.pay_late = True
    checkout.attempt(world, session, cards.CARDS[CARD], email=donor.email, name=donor.name)
    world.switches.pay_late = False
    gift.update(stripe_session=session["id"], stripe_payment_intent=session["payment_intent"])
    gift.update(made_at=clock.now() - A_WHILE, said_at=clock.now() - A_WHILE)
