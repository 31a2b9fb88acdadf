"""Another card for a monthly gift: the subscription gets it, and the open month is paid with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.demo.standin import billing
from mexile.gifts.recurring.models import RecurringGift
from mexile.ground import clock
from mexile.ground.db import db
from tests.demo.standin import pay
from tests.gifts.giving import give, text_of
from tests.gifts.test_donor_page import ask, link_in
from tests.gifts.test_stripe_event import everything

OTHER_CARD = "5555555555554444"


@pytest.fixture
def late(client, standin, letters):
    """A monthly gift whose second month was declined; its donor has opened her page."""
    pay(give(client, every="month").headers["Location"], "4000000000000341")
    standin.settle()
    with standin.world.changing():
        billing.a_month_passes(standin.world)
    standin.settle()
    ask(client, "ana@example.org")
    standin.work()
    client.post(link_in(letters[-1]))
    return standin


def press(client):
    return client.post("/give/mine/M-0001/card").headers["Location"]


def subscription(standin):
    return standin.world.all("subscription")[0]


def card_of(standin):
    return standin.world.private[subscription(standin)["default_payment_method"]]["number"]


def test_the_new_card_becomes_the_subscriptions_own_and_pays_the_open_month(app, client, late):
    page = press(client)
    assert page.startswith(late.world.address + "/checkout/")
    back = pay(page, OTHER_CARD)
    assert back == "http://127.0.0.1:8080/give/mine?card=new"
    assert "Stripe has your new card" in text_of(client.get("/give/mine?card=new&lang=en"))
    late.settle()
    assert card_of(late) == OTHER_CARD and subscription(late)["status"] == "active"
    assert everything(app)["lines"] == [("charge", 5000)] * 2 + [("fee", -175)] * 2
    assert everything(app)["good"] == [5000, 5000]
    assert "declined" not in text_of(client.get("/give/mine?lang=en"))
    with late.world.changing():
        billing.a_month_passes(late.world)
    late.settle()
    assert everything(app)["good"] == [5000] * 3


def test_a_card_that_cant_pay_leaves_the_month_open_and_the_page_says_so(app, client, late):
    pay(press(client), "4000000000000341")
    late.settle()
    assert everything(app)["good"] == [5000]
    assert "declined by your bank" in text_of(client.get("/give/mine?lang=en"))
    with app.app_context():
        assert db.session.scalar(select(RecurringGift.said)) == "past_due"


def test_the_last_card_given_counts_whatever_the_order_and_the_repetition_of_events(app, client, late):
    first, second = press(client), press(client)
    with clock.at(clock.now() + timedelta(seconds=5)):
        pay(first, "4242424242424242")
    older = late.take()
    with clock.at(clock.now() + timedelta(seconds=10)):
        pay(second, OTHER_CARD)
        late.settle()
        late.deliver(older)
        late.work()
        assert card_of(late) == OTHER_CARD
    paid = [invoice for invoice in late.world.all("invoice") if invoice["status"] == "paid"]
    assert len(paid) == 2 and everything(app)["good"] == [5000, 5000]


def test_a_lost_event_of_a_new_card_is_asked_for_when_its_page_has_closed(app, client, late):
    pay(press(client), OTHER_CARD)
    late.take()
    with clock.at(clock.now() + timedelta(minutes=36)):
        late.work()
    assert card_of(late) == OTHER_CARD
    assert everything(app)["good"] == [5000, 5000]


def test_a_page_of_another_customer_changes_nobodys_card(client, late):
    pay(press(client), OTHER_CARD)
    late.world.all("checkout.session")[0]["customer"] = "cus_other"
    late.settle()
    assert card_of(late) == "4000000000000341"


def test_an_amount_changed_at_stripe_is_what_our_pages_say(app, client, late, client_as):
    with late.world.changing():
        billing.change_amount(late.world, subscription(late), 7500)
    late.settle()
    assert "$75 a month" in text_of(client.get("/give/mine?lang=en"))
    with late.world.changing():
        billing.change_amount(late.world, subscription(late), 7500)
    assert "$75 a month was declined" in text_of(client_as("development").get("/gifts?lang=en"))
