"""Checkout: a hosted page where a test card pays once or begins to pay every month."""

from mexile.demo.standin import billing, cards
from mexile.demo.standin.events import tell
from mexile.demo.standin.shapes import blank
from mexile.demo.standin.wire import Refusal, only
from mexile.demo.standin.world import Body, World

HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 3600


KNOWN = frozenset(
    "adaptive_pricing allowed_payment_method_types cancel_url client_reference_id customer customer_creation "
    "currency customer_email expires_at line_items locale metadata mode payment_intent_data setup_intent_data submit_type "
    "subscription_data success_url".split()
)
"""What a session here really takes into account; the rest is refused rather than silently ignored."""


def create(world: World, given: Body) -> Body:
    """A session, open until it is paid or expires."""
    only(given, KNOWN, "take into account")
    mode = given.get("mode")
    if mode not in ("payment", "subscription", "setup"):
        raise Refusal(400, "The mode is one of payment, subscription and setup.", param="mode")
    item = _only_item(given, mode) if mode != "setup" else _nothing_to_pay(given)
    if "success_url" not in given:
        raise Refusal(400, "Missing required param: success_url.", code="parameter_missing", param="success_url")
    now = world.now()
    expires = given.get("expires_at", now + A_DAY)
    # Stripe counts the half hour generously; a second of the wire must not refuse an honest half hour.
    if not now + HALF_AN_HOUR - 10 <= expires <= now + A_DAY + 10:
        raise Refusal(400, "The expires_at timestamp must be between 30 minutes and 24 hours.", param="expires_at")
    if customer := given.get("customer"):
        world.get("customer", customer)
    cents = item["price_data"]["unit_amount"] * item.get("quantity", 1) if mode != "setup" else None
    as_given = ("allowed_payment_method_types", "cancel_url", "client_reference_id", "customer", "customer_email")
    session = world.new(
        "cs_test",
        "checkout.session",
        **{name: given.get(name) for name in (*as_given, "locale", "submit_type")},
        amount_subtotal=cents,
        amount_total=cents,
        currency=item["price_data"]["currency"],
        customer_creation=given.get("customer_creation", "if_required") if mode == "payment" else None,
        expires_at=expires,
        metadata=given.get("metadata", {}),
        mode=mode,
        payment_status="unpaid" if mode != "setup" else "no_payment_required",
        success_url=given["success_url"],
    )
    session["url"] = f"{world.address}/checkout/{session['id']}"
    if mode == "setup":
        metadata = given.get("setup_intent_data", {}).get("metadata", {})
        session["setup_intent"] = world.new("seti", "setup_intent", customer=customer, metadata=metadata)["id"]
    price = item["price_data"]
    kept = {"name": price["product_data"]["name"], "interval": price.get("recurring", {}).get("interval")}
    kept |= {"intent": given.get("payment_intent_data", {}), "subscription": given.get("subscription_data", {})}
    world.private[session["id"]] = kept
    return session


def _only_item(given: Body, mode: str) -> Body:
    items = given.get("line_items", [])
    if len(items) != 1 or "price_data" not in items[0]:
        raise Refusal(400, "The stand-in takes exactly one line item, with price_data.", param="line_items")
    price = items[0]["price_data"]
    for name in ("product_data", "unit_amount"):
        if name not in price:
            raise Refusal(400, f"The stand-in needs {name}.", param=f"line_items[0][price_data][{name}]")
    if (mode == "subscription") != ("recurring" in price):
        raise Refusal(400, "Subscription mode needs a recurring price, payment mode one without.", param="mode")
    if not 50 <= price["unit_amount"] <= 99_999_999:
        raise Refusal(400, "Amount must be at least $0.50 usd", code="amount_too_small", param="line_items")
    return items[0]


def _nothing_to_pay(given: Body) -> Body:
    """A session in setup mode has no price; its currency says which cards fit."""
    if "line_items" in given:
        raise Refusal(400, "You can not pass `line_items` in `setup` mode.", param="line_items")
    if "currency" not in given:
        raise Refusal(400, "Missing required param: currency.", code="parameter_missing", param="currency")
    return {"price_data": {"currency": given["currency"], "product_data": {"name": ""}}}


def look(world: World, session: Body) -> Body:
    """The session as it is now: one whose time is over has expired."""
    if session["status"] == "open" and session["expires_at"] <= world.now():
        _close(world, session)
    return session


def expire(world: World, session: Body, given: Body) -> Body:
    """Close an open session so that nobody can pay it any more."""
    if look(world, session)["status"] != "open":
        raise Refusal(400, f'Only Checkout Sessions with a status in ["open"] can be expired: {session["id"]}')
    _close(world, session)
    return session


def _close(world: World, session: Body) -> None:
    session |= {"status": "expired", "url": None}
    tell(world, "checkout.session.expired", session)


def attempt(world: World, session: Body, card: cards.Card, *, email: str, name: str) -> str:
    """A donor presses Pay on the hosted page; answers "succeeded", "processing" or "requires_payment_method"."""
    kept = world.private[session["id"]]
    if session["customer"] is None and (session["mode"] == "subscription" or session["customer_creation"] == "always"):
        kept.setdefault("customer", cards.new_customer(world, email, name)["id"])
    customer = session["customer"] or kept.get("customer")
    method = cards.new_card(world, customer, card, email, name)
    if session["mode"] == "payment":
        status = _pay_once(world, session, kept, customer, method)
    elif session["mode"] == "setup":
        status = _save_card(world, session, card, method)
    else:
        assert customer is not None, "a subscription has its customer, see above"
        status = billing.begin(world, session, kept, customer, method)
    if status != "requires_payment_method":
        _complete(world, session, customer, email, name, paid=status == "succeeded")
    return status


def _save_card(world: World, session: Body, card: cards.Card, method: Body) -> str:
    """A card is kept for the customer and for nothing else: no subscription of theirs changes by it."""
    intent = world.get("setup_intent", session["setup_intent"])
    if card.decline:
        tell(world, "setup_intent.setup_failed", intent)
        return "requires_payment_method"
    intent |= {"status": "succeeded", "payment_method": method["id"]}
    tell(world, "setup_intent.succeeded", intent)
    return "succeeded"


def _pay_once(world: World, session: Body, kept: Body, customer: str | None, method: Body) -> str:
    intent = world.objects.get(kept.get("intent_id", ""))
    if intent is None:
        data = kept["intent"]
        intent = cards.new_intent(
            world,
            session["amount_total"],
            session["currency"],
            customer=customer,
            description=data.get("description"),
            metadata=data.get("metadata", {}),
            receipt_email=data.get("receipt_email"),
        )
        kept["intent_id"] = intent["id"]
    status = cards.pay(world, intent, method)
    if status != "requires_payment_method":
        session["payment_intent"] = intent["id"]
    return status


def _complete(world: World, session: Body, customer: str | None, email: str, name: str, *, paid: bool) -> None:
    session |= {
        "status": "complete",
        "payment_status": session["payment_status"] if session["mode"] == "setup" else "paid" if paid else "unpaid",
        "customer": customer,
        "customer_details": blank("checkout.session.customer_details", email=email, name=name),
        "url": None,
    }
    tell(world, "checkout.session.completed", session)


def settle(world: World) -> int:
    """The bank answers the payments that were late; answers how many."""
    late = [intent for intent in world.all("payment_intent") if intent["status"] == "processing"]
    for intent in reversed(late):
        cards.succeed(world, intent)
        billing.paid_late(world, intent)
        for session in world.all("checkout.session"):
            kept = world.private[session["id"]]
            if intent["id"] in (session["payment_intent"], kept.get("intent_id"), kept.get("first_intent")):
                session["payment_status"] = "paid"
                tell(world, "checkout.session.async_payment_succeeded", session)
    return len(late)
