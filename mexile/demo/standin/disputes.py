"""Disputes: a bank takes a payment back with a fee on top, and returns the money if the dispute is won."""

from mexile.demo.standin import cards
from mexile.demo.standin.events import tell
from mexile.demo.standin.world import Body, World

FEE = 1500
DAYS_TO_ANSWER = 9


def begin(world: World, intent: Body, cents: int | None = None) -> Body:
    """A dispute that needs a response; the money is withdrawn at once."""
    charge = world.get("charge", intent["latest_charge"])
    cards.settle_charge(world, charge)
    dispute = world.new(
        "du",
        "dispute",
        amount=charge["amount"] if cents is None else cents,
        charge=charge["id"],
        currency=charge["currency"],
        payment_intent=intent["id"],
    )
    dispute["evidence_details"]["due_by"] = world.now() + DAYS_TO_ANSWER * 86400
    charge["disputed"] = True
    tell(world, "charge.dispute.created", dispute)
    _move(world, dispute, -dispute["amount"], FEE, "dispute")
    tell(world, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(world: World, dispute: Body, said: str) -> Body:
    """The bank decides: "won" brings the money back, the fee of the dispute stays with Stripe; "lost" ends it."""
    dispute["status"] = said
    dispute["evidence_details"]["has_evidence"] = True
    if said == "won":
        _move(world, dispute, dispute["amount"], 0, "dispute_reversal")
        tell(world, "charge.dispute.funds_reinstated", dispute)
    tell(world, "charge.dispute.closed", dispute)
    return dispute


def _move(world: World, dispute: Body, cents: int, fee: int, category: str) -> None:
    moved = cards.transaction(world, "adjustment", cents, fee, dispute, reporting_category=category)
    dispute["balance_transactions"].append(moved)
