"""The figure of a webhook: the cost of checking, keeping and answering one event of Stripe's.

`run()` returns rows (what, measured, bar); times are the CPU of this process for the whole request, gate and
transaction and all, in milliseconds, the median of many. The event has the size of a real one.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from flask import Flask
from sqlalchemy import func, select

from mexile.config import config
from mexile.demo.standin import cards, checkout
from mexile.demo.standin.events import sign
from mexile.demo.standin.world import World
from mexile.gifts.stripe.models import StripeEvent
from mexile.ground import clock
from mexile.ground.db import db
from tests.building import build
from tests.clients import Client
from tests.databases import fill, make_keys, settings
from tests.demo.standin import one_gift

EVENTS = 200
WEBHOOK_BAR = 3.0


def _told() -> list[dict]:
    """Events of gifts that were paid, as the stand-in tells them."""
    world = World()
    world.switches.fee_late_seconds = 0
    told: list[dict] = []
    world.on_change.append(told.extend)
    while len(told) < EVENTS:
        with world.changing():
            session = checkout.create(world, one_gift(5000))
            checkout.attempt(
                world, session, cards.CARDS["4242424242424242"], email="ana@example.org", name="Ana Ejemplo"
            )
    return told[:EVENTS]


def accept(app: Flask) -> float:
    """The median of accepting an event: the raw bytes checked, the row and its job stored, 200 answered."""
    client, measured = app.test_client(), []
    for event in _told():
        body = json.dumps(event).encode()
        signature = sign(body, config().stripe_webhook_secret, int(clock.now().timestamp()))
        begun = process_time()
        answer = client.post("/stripe/events", data=body, headers={"Stripe-Signature": signature}, csrf=False)
        measured.append((process_time() - begun) * 1000)
        assert answer.status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StripeEvent)) == EVENTS
    return round(median(measured), 2)


def run() -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "keys").mkdir()
        make_keys(home / "keys")
        app = build(settings(home, f"sqlite:///{home / 'mexile.db'}"))
        app.test_client_class = Client
        fill(app)
        cost = accept(app)
        with app.app_context():
            db.engine.dispose()
    return [("gifts: webhook accepted (verify, store, answer), CPU ms", cost, WEBHOOK_BAR)]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
