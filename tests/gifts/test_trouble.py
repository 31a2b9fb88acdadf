"""A neighbor's trouble stays his: a silent, a strange and a refusing Stripe cost no event, no letter, no gift."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from mexile import config as configuration
from mexile.config import config
from mexile.demo.standin import billing, control
from mexile.demo.standin.events import sign
from mexile.doctor import examine
from mexile.gifts.gift.models import Gift
from mexile.gifts.reconcile import actions as reconcile
from mexile.gifts.stripe.models import StripeEvent
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock, mail, queue, schema, worker
from mexile.ground.db import db, writing
from tests.demo.standin import client_of, one_gift, pay, running
from tests.gifts.conftest import SECRET
from tests.gifts.giving import give, text_of
from tests.gifts.test_stripe_event import everything

PAID = [("charge", 5000), ("fee", -175)]


def states(app):
    with app.app_context():
        rows = select(queue.Job.state, queue.Job.trouble).where(queue.Job.kind == "gifts.event").distinct()
        return {tuple(row) for row in db.session.execute(rows)}


# ---- a key that is refused, or another account's -------------------------------------------------------------------


def test_a_refused_key_loses_no_event_however_long_it_lasts(app, client, standin, client_as):
    pay(give(client).headers["Location"])
    standin.deliver()
    good = config()
    configuration.use(replace(good, stripe_key="sk_revoked"))
    for days in (0, 1, 3, 30):
        with clock.at(clock.now() + timedelta(days=days)):
            standin.work()
    assert states(app) == {("waiting", "StripeShut")}
    for role, page in (("administrator", "/people"), ("director", "/people"), ("director", "/today")):
        assert "Stripe refuses our key" in text_of(client_as(role).get(f"{page}?lang=en"))
    assert "Stripe" not in text_of(client_as("caseworker").get("/today?lang=en"))
    configuration.use(good)
    with clock.at(clock.now() + timedelta(days=31)):
        standin.work()
    assert everything(app)["lines"] == PAID
    assert "Stripe refuses" not in text_of(client_as("director").get("/today?lang=en"))


def test_the_key_of_another_account_loses_no_event(app, client, standin):
    pay(give(client).headers["Location"])
    standin.deliver()
    good = config()
    with running() as other:
        configuration.use(replace(good, stripe_base=other.address))
        standin.work()
        assert states(app) == {("waiting", "StripeShut")}
    configuration.use(good)
    with clock.at(clock.now() + timedelta(minutes=6)):
        standin.work()
    assert everything(app)["lines"] == PAID
    assert states(app) == {("done", "")}


def test_the_doctor_says_that_the_key_is_refused(app, client, standin, monkeypatch):
    pay(give(client).headers["Location"])
    standin.deliver()
    good = config()
    configuration.use(replace(good, stripe_key="sk_revoked"))
    standin.work()
    configuration.use(good)
    monkeypatch.setattr("mexile.doctor.configuration.look", lambda: (good, []))
    monkeypatch.setattr("mexile.ground.schema.revision", lambda engine: schema.newest())
    assert "STRIPE_KEY" in {problem.place for problem in examine(lambda settings: app)}


# ---- what is odd ---------------------------------------------------------------------------------------------------


def test_a_month_that_costs_nothing_is_no_gift_and_no_trouble(app, client, standin):
    pay(give(client, every="month").headers["Location"])
    standin.settle()
    with standin.world.changing():
        billing.a_free_month(standin.world, standin.world.all("subscription")[0])
        billing.a_month_passes(standin.world)
    standin.settle()
    assert everything(app)["lines"] == [("charge", 5000)] * 2 + [("fee", -175)] * 2
    assert states(app) == {("done", "")}


THIN = {
    "id": "evt_thin",
    "object": "v2.core.event",
    "type": "v1.payment_intent.succeeded",
    "livemode": False,
    "created": "2026-11-30T12:00:00.000Z",
    "related_object": {"id": "pi_1", "type": "payment_intent", "url": "/v1/payment_intents/pi_1"},
}
WHOLE = {
    "id": "evt_whole",
    "object": "event",
    "type": "charge.updated",
    "livemode": False,
    "created": 1790000000,
    "api_version": None,
    "data": {"object": {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"}},
}
ODD = [
    THIN,
    *({name: value for name, value in WHOLE.items() if name != missing} for missing in WHOLE),
    *(WHOLE | {name: value} for name in WHOLE for value in (None, 7, [], {}, "x\x00y", 1e300) if name != "livemode"),
    WHOLE | {"type": "tax.settings.updated"},
    WHOLE | {"type": "made.up.tomorrow", "data": {"object": [1]}},
    WHOLE | {"type": "invoice.upcoming", "data": {"object": {"object": "invoice"}}},
    WHOLE | {"id": "e" * 5000},
    WHOLE | {"data": {"object": {"id": {"id": {"id": 1}}, "payment_intent": {"id": ["pi"]}}}},
    {},
    [],
    "words",
]


def test_every_signed_event_is_answered_with_200_whatever_its_shape(app, client, standin):
    answers = {standin.post(event) for event in ODD}
    assert answers == {200}
    with app.app_context():
        assert (
            db.session.scalar(select(func.count()).select_from(StripeEvent).where(StripeEvent.event_id == "evt_thin"))
            == 1
        )


def test_what_is_signed_and_no_json_is_refused(client, standin):
    for payload in (b"\xff", b"{", b"[" * 100_000):
        headers = {"Stripe-Signature": sign(payload, SECRET, int(clock.now().timestamp()))}
        assert client.post("/stripe/events", data=payload, headers=headers, csrf=False).status_code == 400


# ---- a Stripe that hangs -------------------------------------------------------------------------------------------


@contextmanager
def hanging():
    """A server that takes every request and sends a byte now and then: no timeout of a single read ever ends it."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)

    def hold(connection):
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            with suppress(OSError):
                while not over.wait(0.3):
                    connection.sendall(b" ")

    def accept():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                continue
            threading.Thread(target=hold, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()


def put_events(app, count):
    """So many events about payments, which wait."""
    with app.app_context(), writing():
        for number in range(count):
            job = {"root": "payment_intent", "id": f"pi_{number}", "at": clock.now().isoformat()}
            queue.put("gifts.event", f"evt_{number}", job, run_at=clock.now() - timedelta(minutes=1))


def test_a_reminder_leaves_while_stripe_hangs_and_fifty_events_wait(app, client, standin, letters, monkeypatch):
    monkeypatch.setitem(
        mail.RENDERERS, "test.reminder", lambda body: mail.Letter("walker@example.org", "Tomorrow", "At nine.")
    )
    with hanging() as address:
        configuration.use(replace(config(), stripe_base=address))
        put_events(app, 50)
        with app.app_context(), writing():
            mail.put("test.reminder", "one", {})
        stopping = threading.Event()

        thread = threading.Thread(target=worker.work, args=(app.app_context, stopping.is_set, 0.05))
        begun = time.monotonic()
        thread.start()
        while not letters and time.monotonic() - begun < 30:
            time.sleep(0.05)
        stopping.set()
        thread.join(10)
        assert [letter["Subject"] for letter in letters] == ["Tomorrow"]
        assert time.monotonic() - begun < 30


def test_a_silent_stripe_is_asked_once_and_the_page_says_for_how_many(app, client, standin, client_as):
    put_events(app, 30)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.5)
        asked = []

        def accept():
            with suppress(TimeoutError):
                while True:
                    asked.append(silent.accept()[0].close())

        thread = threading.Thread(target=accept)
        thread.start()
        configuration.use(replace(config(), stripe_base=f"http://127.0.0.1:{silent.getsockname()[1]}"))
        standin.work()
        thread.join(10)
    assert len(asked) == 1
    page = text_of(client_as("director").get("/today?lang=en"))
    assert "Stripe doesn't answer. 30 messages about gifts wait and are asked again by themselves." in page


# ---- what was never told -------------------------------------------------------------------------------------------


def ask(app, standin):
    with app.app_context():
        reconcile.ask_what_was_missed()
    standin.work()


def test_renewals_whose_events_were_lost_are_in_the_book_after_the_next_start(app, client, standin, monkeypatch):
    with clock.at(clock.now() - timedelta(days=90)):
        pay(give(client, every="month").headers["Location"])
        standin.settle()
    for months in (2, 1):
        with clock.at(clock.now() - timedelta(days=30 * months)), standin.world.changing():
            billing.a_month_passes(standin.world)
    standin.take()
    ask(app, standin)
    assert everything(app)["lines"] == [("charge", 5000)] * 3 + [("fee", -175)] * 3
    assert everything(app)["good"] == [5000] * 3
    monkeypatch.setattr(reconcile, "THIS_START", "another")
    ask(app, standin)
    assert everything(app)["lines"] == [("charge", 5000)] * 3 + [("fee", -175)] * 3


def test_a_refund_a_dispute_and_an_end_that_nobody_told_are_seen_by_the_next_morning(app, client, standin, monkeypatch):
    pay(give(client).headers["Location"])
    pay(give(client, every="month", email="rosa@example.org").headers["Location"])
    standin.settle()
    with standin.world.changing():
        once = next(row for row in standin.world.all("payment_intent") if row["metadata"])
        control.act(standin.world, "refund", {"payment_intent": once["id"], "amount": 1000})
        control.act(standin.world, "dispute", {})
        billing.end(standin.world, standin.world.all("subscription")[0])
    standin.take()
    ask(app, standin)
    lines = everything(app)["lines"]
    assert ("refund", -1000) in lines and ("dispute", -5000) in lines and ("dispute_fee", -1500) in lines
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Gift)) == 2


def test_the_question_waits_for_a_silent_stripe_and_is_put_once_a_start_and_a_night(app, standin):
    standin.world.switches.down = True
    ask(app, standin)
    ask(app, standin)
    with app.app_context():
        rows = db.session.scalars(select(queue.Job).where(queue.Job.kind == "gifts.reconcile")).all()
        assert {(row.state, row.trouble) for row in rows} == {("waiting", "StripeSilent")}
        assert 1 <= len(rows) <= 2
        assert f"start {reconcile.THIS_START}" in {row.key for row in rows}


def test_another_accounts_money_is_not_taken_for_ours(app, client, standin):
    pay(give(client).headers["Location"])
    standin.settle()
    with running() as other:
        pay(client_of(other).v1.checkout.sessions.create(one_gift(7000)).url)
        configuration.use(replace(config(), stripe_base=other.address))
        ask(app, standin)
    assert everything(app)["unmatched"] == 0
    with app.app_context():
        assert queue.troubles()["StripeShut"] >= 1


def test_a_dispute_that_was_kept_without_its_payment_finds_it(app, client, standin, make):
    pay(give(client).headers["Location"])
    standin.settle()
    with standin.world.changing():
        made = control.act(standin.world, "dispute", {})["dispute"]
    standin.take()
    unmatched = make.unmatched(identifier=made)
    with app.app_context(), writing():
        db.session.get(Unmatched, unmatched.id).root = "dispute"
    ask(app, standin)
    with app.app_context():
        assert db.session.scalar(select(UnmatchedClosure.reason)) == "matched"
