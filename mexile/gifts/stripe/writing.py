"""From our own values to what Stripe takes."""

from typing import Any

from mexile.gifts.stripe.rules import CardWish, CheckoutWish

LOCALES = {"en": "en", "es": "es-419"}


def checkout_params(wish: CheckoutWish) -> dict[str, Any]:
    """A page where a gift is paid."""
    price: dict[str, Any] = {
        "currency": "usd",
        "unit_amount": wish.cents,
        "product_data": {"name": wish.words},
    }
    params: dict[str, Any] = {
        "mode": "subscription" if wish.is_monthly else "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "allowed_payment_method_types": ["card"],
        # Dollars stay dollars: the receipt names what was charged.
        "adaptive_pricing": {"enabled": False},
        "customer_email": wish.email,
        "client_reference_id": wish.code,
        "metadata": {"gift": wish.code},
        "locale": LOCALES[wish.language],
        "expires_at": wish.expires_at,
        "success_url": wish.thanks_url,
        "cancel_url": wish.back_url,
    }
    # The metadata of a session doesn't flow to what it makes, so it is given to both.
    if wish.is_monthly:
        price["recurring"] = {"interval": "month"}
        params["subscription_data"] = {"metadata": {"gift": wish.code}}
    else:
        params["submit_type"] = "donate"
        params["payment_intent_data"] = {"metadata": {"gift": wish.code}}
    return params


def card_params(wish: CardWish) -> dict[str, Any]:
    """A page where a monthly gift gets another card."""
    return {
        "mode": "setup",
        "currency": wish.currency.lower(),
        "allowed_payment_method_types": ["card"],
        "customer": wish.customer,
        "metadata": {"plan": wish.plan},
        "locale": LOCALES[wish.language],
        "expires_at": wish.expires_at,
        "success_url": wish.thanks_url,
        "cancel_url": wish.back_url,
    }
