"""Once a night Stripe's balance is copied and asked about: whatever of its events was lost, the books say the same."""

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mexile import config as configuration
from mexile.demo.standin import billing, cards, control, disputes, payouts
from mexile.demo.standin.wire import Refusal
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.payout import queries
from mexile.gifts.payout.models import BalanceTransaction, PayoutLine
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.gifts.reconcile import actions as reconcile
from mexile.gifts.recurring.models import RecurringGift
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from tests.demo.standin import client_of, one_gift, pay
from tests.gifts.giving import form, give
from tests.gifts.test_stripe_event import Beginning, everything

GIFTS = int(os.environ.get("GIFTS", "16"))
LOSSES = (0, 0.5, 1)
DIES_LATER = "4000000000000341"


def ask(app, standin):
    """A start of the worker, which asks."""
    with app.app_context():
        reconcile.THIS_START = f"start {random.random()}"
        reconcile.ask_what_was_missed()
    standin.work()


def tied(app, make):
    with app.app_context():
        return queries.payouts(make.viewer(role="director"))


# ---- one story of many gifts ---------------------------------------------------------------------------------------


def _intent(world, page):
    session = next(row for row in world.all("checkout.session") if page.endswith(row["id"]))
    if session["payment_intent"]:
        return world.get("payment_intent", session["payment_intent"])
    invoice = world.get("invoice", session["invoice"])
    return world.get("payment_intent", billing.payments_of(world, invoice)[0]["payment"]["payment_intent"])


def _renew(world, page):
    session = next(row for row in world.all("checkout.session") if page.endswith(row["id"]))
    billing._renew(world, world.get("subscription", session["subscription"]))


def _refund(cents=None):
    return lambda world, page: cards.refund(world, _intent(world, page), cents)


def _failing_refund(world, page):
    cards.fail_refund(world, cards.refund(world, _intent(world, page), 700))


def _dispute(said, cents=None):
    def act(world, page):
        made = disputes.begin(world, _intent(world, page), cents)
        if said:
            disputes.close(world, made, said)

    return act


STORIES = {
    "once": [[], [], [_refund(1500)], [_refund()], [_failing_refund], [_dispute("won")], [_dispute("lost", 2000)]]
    + [[_refund(500), _refund(900)], [_dispute("")]],
    "month": [[_renew], [_renew, _renew, _refund(1000)], [_renew, _dispute("lost")]],
}


def _script(chance, every):
    """The card, then what happens to the gift."""
    card = DIES_LATER if every == "month" and chance.random() < 0.4 else "4242424242424242"
    return [card, *chance.choice(STORIES[every])]


def _pay_out(standin):
    with standin.world.changing(), suppress(Refusal):  # while disputes took more than came in, nothing is paid out
        cards.settle_fees(standin.world)
        payouts.pay_out(standin.world)


def _live(standin, pages, chance, lost):
    """Everything happens, in the same order each time; what is told of it comes late, repeated, in any order or never."""
    story = random.Random(7)
    scripts = [(page, _script(story, every)) for page, every in pages]
    told, steps = [], [n for n, (_, script) in enumerate(scripts) for _ in script]
    story.shuffle(steps)
    for number, step in enumerate(steps):
        page, script = scripts[step]
        act = script.pop(0)
        if isinstance(act, str):
            pay(page, act)
        else:
            with standin.world.changing():
                act(standin.world, page)
        if number % 12 == 11:
            _pay_out(standin)
        told += [event for event in standin.take() if chance.random() >= lost]
        if told and chance.random() < 0.3:
            standin.post(chance.choice(told))
            standin.work()
    _pay_out(standin)
    told += [event for event in standin.take() if chance.random() >= lost]
    chance.shuffle(told)
    standin.deliver(told)
    standin.work()


def _books(app, standin):
    """What the ledger says of each movement at Stripe, and the sums of receipts that are good, by gift."""
    with app.app_context():
        lines = db.session.execute(select(LedgerLine.kind, LedgerLine.amount_cents)).all()
        good = (
            select(Receipt.gift_id, func.count(), func.sum(Receipt.amount_cents))
            .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
            .where(ReceiptVoid.receipt_id.is_(None))
            .group_by(Receipt.gift_id)
        )
        receipts = db.session.execute(good).all()
        open_ = select(Unmatched).outerjoin(UnmatchedClosure).where(UnmatchedClosure.unmatched_id.is_(None))
        assert db.session.scalars(open_).all() == []
        assert queries.unbooked() == []
        assert {count for _, count, _ in receipts} == {1}
        assert db.session.scalar(select(func.count()).select_from(Gift).where(Gift.said != "succeeded")) == 0
        said = sorted(db.session.scalars(select(RecurringGift.said)))
        charged = db.session.scalar(select(func.count()).where(LedgerLine.kind == "charge"))
    assert charged == sum(1 for row in standin.world.all("charge") if row["paid"])
    return sorted(tuple(line) for line in lines), sorted(int(cents) for *_, cents in receipts), said


@pytest.mark.once
def test_whatever_part_of_the_events_is_lost_one_night_later_the_books_and_every_payout_agree(
    app, client, standin, make
):
    pages = []
    for number in range(GIFTS):
        every = "month" if number % 4 == 3 else "once"
        sent = {"email": f"d{number}@example.org", "name": f"Donor {chr(65 + number % 26)}", "every": every}
        browser = app.test_client().carry(app, None, None)
        there = {"REMOTE_ADDR": f"192.0.2.{number}"}
        pages.append((browser.post("/give", data=form(**sent), environ_base=there).headers["Location"], every))
    standin.world.switches.fee_late_seconds = 3600
    beginning, found = Beginning(app, standin), []
    for seed, lost in enumerate(LOSSES):
        beginning.again()
        _live(standin, pages, random.Random(seed), lost)
        ask(app, standin)
        found.append(_books(app, standin))
        rows = tied(app, make)
        assert rows and {row.state for row in rows} == {"tied"}
        left = [row for row in standin.world.all("balance_transaction") if row["id"] not in standin.world.private]
        net = sum(row.amount_cents for row in rows) + sum(row["net"] for row in left)
        assert net == sum(cents for _, cents in found[-1][0])
    assert found[0] == found[1] == found[2]


# ---- what is left of a silence -------------------------------------------------------------------------------------


def test_a_month_without_any_event_heals_and_the_copy_is_made_once(app, client, standin, make):
    with clock.at(clock.now() - timedelta(days=40)):
        pay(give(client).headers["Location"])
        standin.settle()
        ask(app, standin)
    with clock.at(clock.now() - timedelta(days=30)), standin.world.changing():
        control.refund_last(standin.world, {"amount": 2000})
    standin.take()
    for _ in range(2):
        ask(app, standin)
        assert everything(app)["lines"] == [("charge", 5000), ("fee", -175), ("refund", -2000)]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(BalanceTransaction)) == 2


def test_a_payout_made_by_hand_is_never_tied_and_one_whose_ledger_lacks_a_cent_is_off(app, client, standin, make):
    pay(give(client).headers["Location"])
    standin.settle()
    with standin.world.changing():
        payouts.pay_out(standin.world)
    ask(app, standin)
    [row] = tied(app, make)
    assert (row.state, row.amount_cents, row.gifts_cents, row.fees_cents) == ("tied", 4825, 5000, -175)
    assert replace(row, amount_cents=4826).state == "off"
    assert replace(row, said="failed").state == "failed"
    pay(give(client, amount="2500").headers["Location"])
    with standin.world.changing():
        payouts.pay_out(standin.world, is_automatic=False)
    ask(app, standin)
    assert {row.state for row in tied(app, make)} == {"tied", "manual"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PayoutLine)) == 2


def test_money_that_came_without_a_payment_of_ours_waits_for_somebody_until_it_is_set_aside(app, client, standin):
    give(client)
    pay(client_of(standin.running).v1.checkout.sessions.create(one_gift(7000)).url)
    with standin.world.changing():
        [charge] = standin.world.all("charge")
        charge["payment_intent"] = None
    standin.take()
    ask(app, standin)
    ask(app, standin)
    with app.app_context():
        [row] = db.session.scalars(select(Unmatched)).all()
        assert (row.root, row.stripe_id, row.amount_cents) == ("none", charge["id"], 7000)


def test_a_dispute_that_was_lost_without_a_word_voids_the_receipt_by_the_next_morning(app, client, standin):
    pay(give(client).headers["Location"])
    with standin.world.changing():
        made = control.dispute_last(standin.world, {})
    standin.settle()
    with standin.world.changing():
        disputes.close(standin.world, made, "lost")
    standin.take()
    assert everything(app)["good"] == [5000]
    ask(app, standin)
    assert everything(app)["good"] == []


def test_without_a_key_nothing_is_asked(app, standin):
    configuration.use(replace(configuration.config(), stripe_key=""))
    with app.app_context():
        reconcile.ask_what_was_missed()
        assert db.session.scalar(select(func.count()).select_from(Job)) == 0
