"""What Stripe leaves out and what it sends as null is the same: in every object and every event, in all stories."""

import json
import random

import pytest
import stripe
from sqlalchemy import func, select

from mexile.demo.standin import api, billing, cards, control, shapes
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.recurring.models import RecurringGift
from mexile.gifts.stripe import reading
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from tests.demo.standin import pay
from tests.gifts.giving import give
from tests.gifts.test_stripe_event import Beginning, everything

READ = {
    "checkout.session": {
        "payment_intent",
        "subscription",
        "invoice",
        "status",
        "url",
        "metadata",
        "customer",
        "client_reference_id",
    },
    "payment_intent": {"latest_charge", "metadata"},
    "charge": {"balance_transaction", "payment_intent"},
    "refund": {"balance_transaction", "failure_balance_transaction", "payment_intent"},
    "invoice": {"parent", "payments", "billing_reason", "status"},
    "subscription": {"latest_invoice", "default_payment_method", "ended_at"},
    "price": {"unit_amount"},
    "dispute": {"payment_intent"},
}
"""The optional fields that say something to us. A full one of these stays; an empty one is null or not there."""


def another_dress(body, chance):
    """The same object as Stripe may send it too: other optional fields, and the empty ones null or left out."""
    if isinstance(body, list):
        return [another_dress(row, chance) for row in body]
    if not isinstance(body, dict):
        return body
    dressed = {name: another_dress(value, chance) for name, value in body.items()}
    kind = body.get("object") if isinstance(body.get("object"), str) else ""
    if kind not in shapes.RESOURCES:
        return dressed
    known = shapes.RESOURCES[kind]
    optional = {name for name, typed in shapes.fields(known).items() if shapes._may_be_null(typed)}
    for name in sorted((optional | shapes.left_out(known)) - {"deleted"}):
        is_read = name in READ.get(kind, ())
        if is_read and dressed.get(name) is not None:
            continue
        # What the library's types call required keeps its value or isn't there: it is never of another shape.
        match chance.choice(("absent", "null", "odd" if name in optional and not is_read else "as it is")):
            case "absent":
                dressed.pop(name, None)
            case "null":
                dressed[name] = None
            case "odd":
                dressed[name] = {"odd": 1}
    return dressed


def _act(name, **given):
    return lambda world: control.act(world, name, given)


STORIES = {
    "once": [
        cards.settle_fees,
        _act("refund", amount="2000"),
        _act("refund_fails"),
        _act("dispute", amount="3000"),
        _act("dispute_won"),
    ],
    "month": [billing.a_month_passes, cards.settle_fees, _act("dispute"), _act("dispute_lost")],
}
LINES = {
    "once": [
        ("charge", 5000),
        ("dispute", -3000),
        ("dispute_fee", -1500),
        ("fee", -175),
        ("refund", -2000),
        ("refund_failed", 2000),
        ("reinstated", 3000),
    ],
    "month": [("charge", 5000)] * 2 + [("dispute", -5000), ("dispute_fee", -1500)] + [("fee", -175)] * 2,
}


@pytest.mark.once
@pytest.mark.parametrize("every", ["once", "month"])
def test_absent_null_and_full_fields_give_the_same_ledger(app, client, standin, every, monkeypatch):
    page = give(client, every=every).headers["Location"]
    beginning = Beginning(app, standin)
    for seed in range(10):
        chance = random.Random(seed)
        beginning.again()
        monkeypatch.setattr(
            api, "encoded", lambda body, chance=chance: json.dumps(another_dress(body, chance)).encode()
        )
        pay(page)
        for change in STORIES[every]:
            with standin.world.changing():
                change(standin.world)
            standin.deliver([another_dress(event, chance) for event in standin.take()])
            standin.work()
        assert everything(app)["lines"] == LINES[every]
        with app.app_context():
            troubled = select(func.count()).select_from(Job).where(Job.trouble != "", Job.kind != "mail")
            assert db.session.scalar(troubled) == 0
            assert db.session.scalar(select(Dispute.said)) == ("won" if every == "once" else "lost")
            if every == "month":
                assert db.session.scalar(select(RecurringGift.amount_cents)) == 5000


def test_an_ordinary_refund_which_has_no_failure_at_all_reaches_the_ledger(app, client, standin):
    pay(give(client).headers["Location"])
    with standin.world.changing():
        made = control.refund_last(standin.world, {})
    assert "failure_balance_transaction" not in made
    standin.settle()
    assert everything(app) == {
        "lines": [("charge", 5000), ("fee", -175), ("refund", -5000)],
        "good": [],
        "numbers": [1],
        "unmatched": 0,
    }


def _without(body):
    """(kind, field, the same body without it) for each optional field of each object in it, at any depth."""
    if isinstance(body, list):
        for place, row in enumerate(body):
            for found, name, less in _without(row):
                yield found, name, [*body[:place], less, *body[place + 1 :]]
    if not isinstance(body, dict):
        return
    kind = body.get("object") if isinstance(body.get("object"), str) else ""
    optional = set()
    if kind in shapes.RESOURCES:
        known = shapes.RESOURCES[kind]
        optional = {
            name for name, typed in shapes.fields(known).items() if shapes._may_be_null(typed)
        } | shapes.left_out(known)
    for field, value in body.items():
        if field in optional:
            yield kind, field, {name: kept for name, kept in body.items() if name != field}
        for found, name, less in _without(value):
            yield found, name, body | {field: less}


READERS = {
    "checkout.session": [reading.checkout_of, reading.card_change_of],
    "payment_intent": [reading.payment_of],
    "refund": [reading._given_back],
    "invoice": [reading.invoice_of],
    "subscription": [reading.subscription_of],
    "dispute": [reading.disputed],
}


@pytest.mark.once
@pytest.mark.parametrize("every", ["once", "month"])
def test_each_optional_field_may_be_missing_alone(app, client, standin, every, monkeypatch):
    """From every answer and every event of a whole story: nothing dies, and only what says something changes anything."""
    answers, encoded = [], api.encoded

    def keep(body):
        answers.append(json.loads(encoded(body)))
        return encoded(body)

    monkeypatch.setattr(api, "encoded", keep)
    pay(give(client, every=every).headers["Location"])
    events = []
    for change in (lambda world: None, *STORIES[every]):
        with standin.world.changing():
            change(standin.world)
        events += standin.take()
        standin.deliver(events)
        standin.work()
    bodies = [row for body in answers for row in (body["data"] if body.get("object") == "list" else [body])]
    tried = set()
    for body in bodies:
        for read in READERS.get(body.get("object"), ()):
            whole = read(stripe.StripeObject.construct_from(body, "sk_test"))
            for kind, field, less in _without(body):
                tried.add((kind, field))
                said = read(stripe.StripeObject.construct_from(less, "sk_test"))
                assert field in READ.get(kind, ()) or said == whole, f"{kind}.{field}"
    for event in events:
        whole = reading.hint_of(event, clock.now())
        for kind, field, less in _without(event):
            said = reading.hint_of(less, clock.now())
            assert said is not None
            assert field in READ.get(kind, ()) or (said.root, said.root_id) == (whole.root, whole.root_id), (
                f"{kind}.{field}"
            )
    assert {kind for kind, _ in tried} >= (
        {"payment_intent", "refund", "dispute"} if every == "once" else {"invoice", "subscription"}
    )
