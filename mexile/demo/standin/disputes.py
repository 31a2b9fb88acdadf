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
    made = world.new(
        "du",
        "dispute",
        amount=charge["amount"] if cents is None else cents,
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence=dict.fromkeys(EVIDENCE) | {"enhanced_evidence": {}},
        evidence_details={
            "due_by": world.now() + DAYS_TO_ANSWER * 86400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        is_charge_refundable=False,
        metadata={},
        payment_intent=intent["id"],
        reason="fraudulent",
        status="needs_response",
    )
    charge["disputed"] = True
    tell(world, "charge.dispute.created", made)
    _move(world, made, -made["amount"], FEE, "dispute")
    tell(world, "charge.dispute.funds_withdrawn", made)
    return made


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
    moved = cards.transaction(world, "adjustment", cents, fee, dispute, words="Dispute fee", category=category)
    dispute["balance_transactions"].append(moved)


EVIDENCE = (
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal "
    "customer_communication customer_email_address customer_name customer_purchase_ip customer_signature "
    "duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt "
    "refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation "
    "shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number "
    "uncategorized_file uncategorized_text"
).split()
