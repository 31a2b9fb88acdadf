"""Stripe's events: forged, stale, repeated, reordered, late; the ledger is always the same."""

import copy
import random
import shutil
import threading
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from mexile.config import config
from mexile.demo.standin import billing, cards, control
from mexile.donors.models import Donor
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.gifts.reconcile import actions as reconcile
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.gifts.stripe.models import StripeEvent
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock
from mexile.ground.db import db, writing
from tests.demo.standin import client_of, one_gift, pay
from tests.gifts.giving import give


def everything(app):
    """Ledger, receipts (version, cents, is void) and how many gifts, donors and open questions there are."""
    with app.app_context():
        lines = db.session.execute(select(LedgerLine.kind, LedgerLine.amount_cents).order_by(LedgerLine.at)).all()
        receipts = db.session.execute(
            select(Receipt.number, Receipt.version, Receipt.amount_cents, ReceiptVoid.reason)
            .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
            .order_by(Receipt.number)
        ).all()
        return {
            "lines": sorted(tuple(line) for line in lines),
            "good": sorted(cents for _, _, cents, reason in receipts if reason is None),
            "numbers": [number for number, *_ in receipts],
            "unmatched": db.session.scalar(select(func.count()).select_from(Unmatched)),
        }


def test_a_forged_a_stale_and_an_event_of_the_other_mode_leave_nothing(app, client, standin):
    pay(give(client).headers["Location"])
    events = standin.take()
    assert set(standin.deliver(events, secret="whsec_other")) == {400}
    old = int(clock.now().timestamp()) - 301
    assert set(standin.deliver(events, at=old)) == {400}
    assert standin.post(events[0] | {"livemode": True}) == 400
    assert client.post("/stripe/events", data=b"\xff{", headers={"Stripe-Signature": "t=1,v1=x"}).status_code == 400
    assert client.post("/stripe/events", data=b"[]").status_code == 400
    with app.app_context():
        assert db.session.scalars(select(StripeEvent)).all() == []


def test_an_event_of_five_megabytes_is_refused(client):
    assert client.post("/stripe/events", data=b"x" * 5_000_000).status_code == 413


def test_the_inbox_keeps_no_word_of_what_the_event_said(app, client, standin):
    pay(give(client).headers["Location"])
    standin.deliver()
    with app.app_context():
        for table in ("stripe_event", "job"):
            kept = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - two names of ours
            assert "ana@example.org" not in kept and "Ana" not in kept


def test_the_same_event_five_times_at_once_is_kept_once(app, client, standin):
    pay(give(client).headers["Location"])
    event = standin.take()[-1]
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(standin.post(event))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 5
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StripeEvent)) == 1


def test_a_refund_that_is_told_before_its_payment_ends_right(app, client, standin, letters):
    pay(give(client).headers["Location"])
    with standin.world.changing():
        control.refund_last(standin.world, {})
    events = standin.take()
    refunds = [event for event in events if event["type"].startswith(("refund.", "charge.refunded"))]
    standin.deliver(refunds)
    standin.work()
    expected = {
        "lines": [("charge", 5000), ("fee", -175), ("refund", -5000)],
        "good": [],
        "numbers": [1],
        "unmatched": 0,
    }
    assert everything(app) == expected
    standin.deliver(events)
    standin.work()
    assert everything(app) == expected
    assert [letter["Subject"] for letter in letters] == ["Receipt R-000001 is no longer valid"]


def test_a_refund_in_part_voids_the_receipt_and_another_takes_its_place(app, client, standin, letters):
    pay(give(client).headers["Location"])
    standin.settle()
    with standin.world.changing():
        control.refund_last(standin.world, {"amount": 2000})
    standin.settle()
    assert everything(app)["good"] == [3000]
    assert everything(app)["numbers"] == [1, 2]
    assert [letter["Subject"] for letter in letters] == ["Your receipt R-000001", "Your receipt R-000002"]
    assert "takes the place of an earlier one" in letters[1].get_body().get_content()


def test_each_paid_month_is_a_gift_with_its_own_receipt(app, client, standin, letters):
    pay(give(client, every="month").headers["Location"])
    standin.settle()
    for _ in range(2):
        with standin.world.changing():
            billing.a_month_passes(standin.world)
        standin.settle()
    assert everything(app)["good"] == [5000] * 3
    assert everything(app)["lines"] == [("charge", 5000)] * 3 + [("fee", -175)] * 3
    assert len(letters) == 3
    with app.app_context():
        plan = db.session.scalar(select(RecurringGift))
        gifts = db.session.scalars(select(Gift)).all()
        assert {gift.recurring_gift_id for gift in gifts} == {plan.id}
        assert (plan.code, plan.said, plan.amount_cents) == ("M-0001", "active", 5000)
        assert db.session.scalar(select(Donor.stripe_customer)) == plan.stripe_customer


def test_a_month_that_is_declined_charges_nothing_and_one_letter_says_how_to_mend_it(app, client, standin, letters):
    pay(give(client, lang="es", every="month").headers["Location"], "4000000000000341")
    standin.settle()
    with standin.world.changing():
        billing.a_month_passes(standin.world)
    standin.settle()
    assert everything(app)["lines"] == [("charge", 5000), ("fee", -175)]
    assert [letter["Subject"] for letter in letters] == ["Su recibo R-000001", "No se pudo cobrar su donativo mensual"]
    assert "No se cobró nada" in letters[1].get_content()


def test_a_subscription_that_ends_at_stripe_ends_here(app, client, standin):
    pay(give(client, every="month").headers["Location"])
    standin.settle()
    with standin.world.changing():
        billing.end(standin.world, standin.world.all("subscription")[0])
    standin.settle()
    with app.app_context():
        assert db.session.scalar(select(RecurringGiftEnd.by)) == "stripe"


def test_money_without_a_gift_is_unmatched_and_never_an_error(app, client, standin):
    session = client_of(standin.running).v1.checkout.sessions.create(one_gift(7000))
    pay(session.url)
    assert set(standin.deliver()) == {200}
    standin.work()
    assert everything(app)["unmatched"] == 1
    assert everything(app)["lines"] == []


def test_events_of_things_that_are_no_gifts_are_kept_and_left_alone(app, standin):
    with standin.world.changing():
        cards.new_customer(standin.world, "x@example.org", "X")
    assert standin.deliver() == [200]
    assert standin.work() == 0


def test_an_object_that_stripe_no_longer_knows_is_let_go(app, client, standin):
    pay(give(client).headers["Location"])
    standin.settle()
    pay(client_of(standin.running).v1.checkout.sessions.create(one_gift(7000)).url)
    standin.deliver()
    for intent in standin.world.all("payment_intent")[:1]:
        del standin.world.objects[intent["id"]]
    assert standin.work() > 0
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM job WHERE kind = 'gifts.event' AND state <> 'done'")) == 0
    assert everything(app)["lines"] == [("charge", 5000), ("fee", -175)]


def test_a_silent_stripe_is_asked_again(app, client, standin):
    pay(give(client).headers["Location"])
    standin.deliver()
    standin.world.switches.down = True
    standin.work()
    assert everything(app)["lines"] == []
    standin.world.switches.down = False
    with clock.at(clock.now() + timedelta(minutes=1)):
        standin.work()
    assert everything(app)["lines"] == [("charge", 5000), ("fee", -175)]


def test_a_ledger_line_and_a_receipt_can_be_neither_changed_nor_deleted(app, make):
    make.gift()
    for table in ("ledger_line", "receipt"):
        for statement in (f"UPDATE {table} SET gift_id = gift_id", f"DELETE FROM {table}"):  # noqa: S608 - our own names
            with app.app_context(), pytest.raises(Exception, match="append-only"), writing():
                db.session.execute(text(statement))


# ---- any order, any repetition -----------------------------------------------------------------------------------


def _pay(standin, page):
    pay(page)


def _change(act):
    def step(standin, page):
        with standin.world.changing():
            act(standin.world)

    return step


ONCE = (
    _pay,
    _change(cards.settle_fees),
    _change(lambda world: control.refund_last(world, {"amount": "2000"})),
    _change(lambda world: control.act(world, "refund_fails", {})),
    _change(lambda world: control.act(world, "dispute", {"amount": "3000"})),
    _change(lambda world: control.act(world, "dispute_won", {})),
    _change(lambda world: control.refund_last(world, {"amount": "1000"})),
)
MONTHLY = (
    _pay,
    _change(billing.a_month_passes),
    _change(cards.settle_fees),
    _change(lambda world: control.refund_last(world, {})),
    _change(billing.a_month_passes),
    _change(cards.settle_fees),
    _change(lambda world: control.act(world, "dispute", {})),
    _change(lambda world: control.act(world, "dispute_lost", {})),
)
EXPECTED = {
    "once": {
        "lines": [
            ("charge", 5000),
            ("dispute", -3000),
            ("dispute_fee", -1500),
            ("fee", -175),
            ("refund", -2000),
            ("refund", -1000),
            ("refund_failed", 2000),
            ("reinstated", 3000),
        ],
        "good": [4000],
    },
    "month": {
        "lines": [("charge", 5000)] * 3
        + [("dispute", -5000), ("dispute_fee", -1500)]
        + [("fee", -175)] * 3
        + [("refund", -5000)],
        "good": [5000],
    },
}


def ask_what_was_missed(app, standin):
    """An hour later: the payment page is asked what came of it, and the worker is started again."""
    with clock.at(clock.now() + timedelta(hours=1)):
        standin.work()
        with app.app_context():
            reconcile.ask_what_was_missed()
        standin.work()


class Beginning:
    """The database and the stand-in as they are when a donor has just been sent to the payment page."""

    def __init__(self, app, standin):
        self.app, self.standin = app, standin
        self.file = config().home / "mexile.db"
        self._close()
        self.kept = shutil.copy(self.file, self.file.with_suffix(".kept"))
        self.objects = copy.deepcopy((standin.world.objects, standin.world.private, standin.world.answered))

    def again(self):
        self._close()
        shutil.copy(self.kept, self.file)
        world = self.standin.world
        for mapping, before in zip((world.objects, world.private, world.answered), self.objects, strict=True):
            mapping.clear()
            mapping.update(copy.deepcopy(before))
        self.standin.take()

    def _close(self):
        with self.app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.session.remove()
            db.engine.dispose()


@pytest.mark.once
@pytest.mark.parametrize("every", ["once", "month"])
def test_any_order_repetition_and_loss_of_events_gives_the_same_ledger_and_one_receipt(app, client, standin, every):
    page = give(client, every=every).headers["Location"]
    standin.world.switches.fee_late_seconds = 3600
    beginning = Beginning(app, standin)

    @settings(max_examples=8 if every == "once" else 5)
    @given(st.integers(0, 2**32))
    def in_any_order(seed):
        chance = random.Random(seed)
        beginning.again()
        script, told = list(ONCE if every == "once" else MONTHLY), []
        lost = chance.choice((0, 0, 0.3, 1))
        steps = chance.randrange(12)  # what is done with events once the story is over
        while script or steps:
            steps -= not script
            told += [event for event in standin.take() if chance.random() >= lost]
            if script and (not told or chance.random() < 0.4):
                script.pop(0)(standin, page)
            elif told and chance.random() < 0.7:
                standin.post(chance.choice(told))  # any event, also one that was posted before
            else:
                standin.work()
        told += [event for event in standin.take() if chance.random() >= lost]
        chance.shuffle(told)
        standin.deliver(told)
        standin.work()
        if lost:
            ask_what_was_missed(app, standin)
        found = everything(app)
        assert {name: found[name] for name in ("lines", "good")} == EXPECTED[every]
        assert found["numbers"] == list(range(1, len(found["numbers"]) + 1))
        with app.app_context():
            open_ = select(Unmatched).outerjoin(UnmatchedClosure).where(UnmatchedClosure.unmatched_id.is_(None))
            assert db.session.scalars(open_).all() == []

    in_any_order()
