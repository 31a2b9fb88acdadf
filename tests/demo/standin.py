"""Short words for driving the stand-in in tests."""

import json
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import stripe
from hypothesis import strategies as st

from mexile.demo.standin import server


@contextmanager
def running(**options):
    """A stand-in on a free port of loopback, whose fees are known at once unless a test says otherwise."""
    found = server.start(**options)
    found.world.switches.fee_late_seconds = 0
    try:
        yield found
    finally:
        found.stop()


def client_of(standin, key="sk_test_standin"):
    """The real library, pointed at the stand-in."""
    return stripe.StripeClient(key, base_addresses={"api": standin.address}, max_network_retries=0)


def one_gift(cents, **more):
    """Parameters of a Checkout session for one gift."""
    return {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {"currency": "usd", "unit_amount": cents, "product_data": {"name": "Gift"}},
            }
        ],
        "success_url": "https://mexile.example.org/give/thanks",
        "cancel_url": "https://mexile.example.org/give",
        "metadata": {"gift": "G-TEST"},
        "payment_intent_data": {"metadata": {"gift": "G-TEST"}},
        **more,
    }


def begin_monthly(client, number="4242424242424242", cents=2500):
    """A monthly gift whose first month was just paid; answers its session."""
    session = client.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "usd",
                        "unit_amount": cents,
                        "product_data": {"name": "Monthly gift"},
                        "recurring": {"interval": "month"},
                    },
                }
            ],
            "success_url": "https://mexile.example.org/give/thanks",
            "subscription_data": {"metadata": {"gift": "G-TEST"}},
        }
    )
    assert pay(session.url, number)
    return client.v1.checkout.sessions.retrieve(session.id)


def pay(url, number="4242424242424242"):
    """Press Pay on a hosted page; answers where one is sent, or None when the card was declined."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *ignored):
            return None

    data = urllib.parse.urlencode({"card": number, "name": "Ana Prueba"}).encode()
    try:
        urllib.request.build_opener(Stay).open(url, data, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"] if answer.code == 303 else None
    raise AssertionError("the hosted page neither paid nor declined")


def post(standin, path, body=None):
    """Turn a switch or make something happen at /_control."""
    request = urllib.request.Request(
        standin.address + path, json.dumps(body or {}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def two_letters_of(letters):
    """Short names made of a few letters."""
    return st.text(alphabet=letters, min_size=1, max_size=4)
