"""What the stand-in knows of the gifts that were laid: the monthly ones that run, and today's
payment that the bank has not confirmed. So an invented donor can really change the card or stop,
and "the bank answers" brings the money."""

from __future__ import annotations

from datetime import UTC, datetime, time

from mexile.demo.organization.giving import Gift, Giving
from mexile.demo.standin import cards, checkout, control
from mexile.demo.standin.world import World

CARD = "4242424242424242"


class Account:
    """Identifiers at the stand-in, by our codes."""

    def __init__(self, giving: Giving, world: World):
        self.subscriptions: dict[str, tuple[str, str]] = {}
        self.late: dict[str, tuple[str, str]] = {}
        donors = {donor.code: donor for donor in giving.donors}
        first = {gift.plan: gift.code for gift in reversed(giving.gifts) if gift.plan}
        with world.changing():
            for plan in giving.plans:
                if plan.ended_on is None:
                    donor = donors[plan.donor]
                    made = control.adopt(
                        world,
                        email=donor.email or "donor@example.org",
                        name=donor.name,
                        cents=plan.cents,
                        metadata={"gift": first[plan.code]},
                        started=int(datetime.combine(plan.started_on, time(18), UTC).timestamp()),
                        words="Gift",
                    )
                    self.subscriptions[plan.code] = (made["id"], made["customer"])
            for gift in giving.gifts:
                if gift.state == "confirming":
                    self.late[gift.code] = _late(world, gift, donors[gift.donor].email or "", donors[gift.donor].name)
            world.unsent.clear()


def _late(world: World, gift: Gift, email: str, name: str) -> tuple[str, str]:
    """A finished Checkout whose bank is still thinking: its session and payment."""
    price = {"currency": "usd", "unit_amount": gift.cents, "product_data": {"name": "Gift"}}
    session = checkout.create(
        world,
        {
            "mode": "payment",
            "customer_creation": "always",
            "customer_email": email,
            "line_items": [{"quantity": 1, "price_data": price}],
            "locale": gift.language,
            "metadata": {"gift": gift.code},
            "payment_intent_data": {"metadata": {"gift": gift.code}},
            "success_url": "http://127.0.0.1/give",
            "cancel_url": "http://127.0.0.1/give",
        },
    )
    world.switches.pay_late = True
    checkout.attempt(world, session, cards.CARDS[CARD], email=email, name=name)
    world.switches.pay_late = False
    return session["id"], session["payment_intent"]
