"""Disputes: what they move is in the books, the receipt follows, and somebody sees the day."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.demo.standin import control
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.gift.models import Gift
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock
from mexile.ground.db import db, writing
from tests.demo.standin import client_of, one_gift, pay
from tests.gifts.giving import give, text_of
from tests.gifts.test_stripe_event import everything

WITHDRAWN = [("charge", 5000), ("dispute", -5000), ("dispute_fee", -1500), ("fee", -175)]


def happens(standin, act, **given):
    with standin.world.changing():
        return control.act(standin.world, act, given)


@pytest.fixture
def disputed(client, standin, letters):
    """A gift of $50 whose payment a bank disputes."""
    pay(give(client).headers["Location"])
    standin.settle()
    happens(standin, "dispute")
    standin.settle()
    return standin


def voided(app):
    with app.app_context():
        rows = select(Receipt.number, ReceiptVoid.reason).outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        return [tuple(row) for row in db.session.execute(rows.order_by(Receipt.number))]


def state(client):
    return text_of(client.get(f"/gifts/{code_of(client)}?lang=en"))


def code_of(client):
    with client.application.app_context():
        return db.session.scalar(select(Gift.code))


def test_the_money_and_the_fee_leave_the_books_at_once_and_the_receipt_stays_while_it_is_open(app, disputed, client_as):
    assert everything(app)["lines"] == WITHDRAWN
    assert voided(app) == [(1, None)]
    page = state(client_as("development"))
    assert "Disputed" in page and "Fee of the dispute" in page and "−$16.75" in page.replace("-", "−")


def test_a_lost_dispute_voids_the_receipt_and_tells_the_donor_once(app, disputed, client_as, letters):
    happens(disputed, "dispute_lost")
    disputed.settle()
    assert everything(app)["lines"] == WITHDRAWN
    assert voided(app) == [(1, "disputed")]
    assert [letter["Subject"] for letter in letters] == ["Your receipt R-000001", "Receipt R-000001 is no longer valid"]
    assert "the bank took this gift back" in letters[1].get_content()
    assert "Dispute lost" in state(client_as("development"))


def test_a_won_dispute_brings_the_money_back_and_the_receipt_stays_good(app, disputed, client_as):
    happens(disputed, "dispute_won")
    disputed.settle()
    assert everything(app)["lines"] == sorted([*WITHDRAWN, ("reinstated", 5000)])
    assert voided(app) == [(1, None)]
    assert "Paid, dispute won" in state(client_as("development"))


def test_a_dispute_that_is_lost_and_then_won_is_receipted_anew(app, disputed):
    happens(disputed, "dispute_lost")
    disputed.settle()
    happens(disputed, "dispute_won")
    disputed.settle()
    disputed.settle()
    assert voided(app) == [(1, "disputed"), (2, None)]


def test_a_part_that_is_lost_leaves_a_receipt_for_the_rest(app, client, standin, letters):
    pay(give(client).headers["Location"])
    standin.settle()
    happens(standin, "dispute", amount="2000")
    happens(standin, "dispute_lost")
    standin.settle()
    assert voided(app) == [(1, "corrected"), (2, None)]
    assert everything(app)["good"] == [3000]


@pytest.mark.parametrize("seed", range(4))
def test_in_any_order_repeated_and_with_lost_events_the_books_are_the_same(app, client, standin, seed):
    pay(give(client).headers["Location"])
    happens(standin, "dispute")
    happens(standin, "dispute_lost")
    events, chance = standin.take() * 2, random.Random(seed)
    chance.shuffle(events)
    for event in events[: len(events) // 2 + 3]:
        standin.post(event)
        standin.work()
    standin.deliver([event for event in events if event["type"] == "charge.dispute.closed"])
    standin.work()
    assert everything(app)["lines"] == WITHDRAWN
    assert everything(app)["good"] == []


def test_today_and_the_page_of_gifts_say_the_last_day_to_who_handles_gifts_and_to_nobody_else(app, disputed, client_as):
    with app.app_context():
        due = db.session.scalar(select(Dispute.due_at))
    assert due > clock.now() + timedelta(days=8)
    for role in ("development", "director"):
        someone = client_as(role)
        for page in ("/today?lang=en", "/gifts?lang=en"):
            assert "A bank disputes $50.00. Answer at Stripe by" in text_of(someone.get(page))
    assert "disputes" not in text_of(client_as("caseworker").get("/today?lang=en"))
    happens(disputed, "dispute_lost")
    disputed.settle()
    assert "A bank disputes" not in text_of(client_as("development").get("/today?lang=en"))


def test_money_without_a_gift_that_is_disputed_can_be_matched(app, client, standin, client_as, make):
    pay(client_of(standin.running).v1.checkout.sessions.create(one_gift(7000)).url)
    happens(standin, "dispute")
    standin.settle()
    someone = client_as("development")
    assert "A bank disputes $70.00" in text_of(someone.get("/gifts?lang=en"))
    with app.app_context():
        assert [row.root for row in db.session.scalars(select(Unmatched))] == ["payment_intent"]
        number = db.session.scalar(select(Unmatched.id))
    donor = make.donor(name="Rosa Ejemplo")
    answer = someone.post(f"/gifts/unmatched/{number}/gift", data={"donor": donor.code, "fund": "general"})
    assert answer.status_code == 302
    assert everything(app)["lines"] == [("charge", 7000), ("dispute", -7000), ("dispute_fee", -1500), ("fee", -233)]
    with app.app_context():
        assert db.session.scalar(select(Dispute.gift_id)) is not None
        assert len(db.session.scalars(select(UnmatchedClosure)).all()) == 1


def test_the_donors_page_after_paying_does_not_say_that_a_disputed_gift_is_confirming(disputed, client, standin):
    session = standin.world.all("checkout.session")[0]
    page = text_of(client.get(session["success_url"].replace("http://127.0.0.1:8080", "")))
    assert "confirmed" not in page and "A bank took this gift back" in page


@pytest.mark.parametrize(
    ("root", "is_closed", "words"),
    [("dispute", False, "This is a dispute and no payment"), ("payment_intent", True, "Somebody has matched this")],
)
def test_what_can_not_be_matched_says_why_and_changes_nothing(app, client_as, make, root, is_closed, words):
    make.funds()
    donor, unmatched, someone = make.donor(), make.unmatched(), client_as("development")
    with app.app_context(), writing():
        db.session.get(Unmatched, unmatched.id).root = root
    address = f"/gifts/unmatched/{unmatched.id}"
    if is_closed:
        someone.post(f"{address}/closure", data={"reason": "A test"})
        assert someone.post(f"{address}/closure", data={"reason": "A test"}).status_code == 409
    answer = someone.post(f"{address}/gift?lang=en", data={"donor": donor.code, "fund": "general"})
    assert answer.status_code == 409 and words in answer.text
    with app.app_context():
        assert db.session.scalars(select(Gift)).all() == []


@pytest.mark.parametrize(
    ("said", "heading"),
    [("needs_response", "Needs you"), ("under_review", "The banks decide"), ("a_word_of_tomorrow", "Needs you")],
)
def test_an_answered_dispute_needs_nobody_and_one_whose_state_is_unknown_here_somebody(
    app, client, standin, client_as, said, heading
):
    pay(give(client).headers["Location"])
    standin.settle()
    with standin.world.changing():
        made = control.act(standin.world, "dispute", {})["dispute"]
        standin.world.get("dispute", made)["status"] = said
    standin.settle()
    page = text_of(client_as("development").get("/gifts?lang=en"))
    assert "A bank disputes $50.00" in page.partition(heading)[2].partition("Rosa")[0][:120]
    assert [words in page for words in ("Needs you", "The banks decide")].count(True) == 1
