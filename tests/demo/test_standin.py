"""The stand-in, driven over loopback by the real library: it does what Stripe does, or refuses."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from mexile.demo.standin import payouts, server, shapes
from mexile.demo.standin.cards import fee_of
from mexile.demo.standin.events import sign
from mexile.demo.standin.wire import Refusal, nested
from tests.demo.standin import begin_monthly, client_of, one_gift, pay, post, running, two_letters_of


@pytest.fixture
def standin():
    with running() as found:
        yield found


@pytest.fixture
def client(standin):
    return client_of(standin)


def wait_for(check, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def test_a_gift_is_paid_on_the_hosted_page_and_its_fee_comes_later(standin, client):
    standin.world.switches.fee_late_seconds = 0.3
    session = client.v1.checkout.sessions.create(one_gift(5000))
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert pay(session.url) == "https://mexile.example.org/give/thanks"
    session = client.v1.checkout.sessions.retrieve(session.id)
    assert (session.status, session.payment_status) == ("complete", "paid")
    intent = client.v1.payment_intents.retrieve(
        session.payment_intent, {"expand": ["latest_charge.balance_transaction"]}
    )
    assert intent.metadata["gift"] == "G-TEST"
    assert intent.latest_charge.balance_transaction is None

    def settled():
        charge = client.v1.charges.retrieve(intent.latest_charge.id, {"expand": ["balance_transaction"]})
        return charge.balance_transaction

    transaction = wait_for(settled)
    assert (transaction.amount, transaction.fee, transaction.net) == (5000, 175, 4825)
    types = [event.type for event in client.v1.events.list({"limit": 100}).data]
    assert types[0] == "charge.updated"
    assert {"charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"} <= set(types)


@pytest.mark.parametrize(
    ("number", "code"), [("4000 0000 0000 0002", "generic_decline"), ("4000 0000 0000 9995", "insufficient_funds")]
)
def test_a_declined_card_charges_nothing_and_another_card_still_pays(client, number, code):
    session = client.v1.checkout.sessions.create(one_gift(2500))
    assert pay(session.url, number) is None
    intent = client.v1.payment_intents.list().data[0]
    assert (intent.status, intent.amount_received) == ("requires_payment_method", 0)
    assert intent.last_payment_error.decline_code == code
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert pay(session.url)
    assert client.v1.payment_intents.retrieve(intent.id).amount_received == 2500


def test_a_month_passes_and_each_subscription_is_billed_once(standin, client):
    session = begin_monthly(client)
    subscription = client.v1.subscriptions.retrieve(session.subscription)
    assert (subscription.status, subscription.metadata["gift"]) == ("active", "G-TEST")
    first = client.v1.invoices.retrieve(session.invoice, {"expand": ["payments.data.payment.payment_intent"]})
    assert first.parent.subscription_details.subscription == subscription.id
    assert first.parent.subscription_details.metadata["gift"] == "G-TEST"
    assert first.payments.data[0].payment.payment_intent.status == "succeeded"
    assert post(standin, "/_control/month") == {"billed": 1}
    invoices = client.v1.invoices.list({"customer": session.customer}).data
    assert [(i.billing_reason, i.status) for i in invoices] == [
        ("subscription_cycle", "paid"),
        ("subscription_create", "paid"),
    ]
    payment = client.v1.invoice_payments.list({"invoice": invoices[0].id}).data[0]
    intent = payment.payment.payment_intent
    back = client.v1.invoice_payments.list({"payment": {"type": "payment_intent", "payment_intent": intent}}).data
    assert [found.invoice for found in back] == [invoices[0].id]


def test_a_customers_new_card_changes_no_subscription_that_has_its_own(standin, client):
    session = begin_monthly(client, "4000000000000341")
    post(standin, "/_control/month")
    assert client.v1.subscriptions.retrieve(session.subscription).status == "past_due"
    portal = client.v1.billing_portal.sessions.create(
        {
            "customer": session.customer,
            "return_url": "https://mexile.example.org/give/mine",
            "flow_data": {"type": "payment_method_update"},
            "locale": "es-419",
        }
    )
    assert pay(portal.url) == "https://mexile.example.org/give/mine"
    late = client.v1.subscriptions.retrieve(session.subscription)
    method = client.v1.customers.retrieve(session.customer).invoice_settings.default_payment_method
    assert (late.status, late.default_payment_method == method) == ("past_due", False)
    client.v1.subscriptions.update(late.id, {"default_payment_method": method})
    assert client.v1.subscriptions.retrieve(session.subscription).status == "past_due"
    assert client.v1.invoices.pay(late.latest_invoice, {"payment_method": method}).status == "paid"
    assert client.v1.subscriptions.retrieve(session.subscription).status == "active"
    with pytest.raises(stripe.InvalidRequestError, match="already paid"):
        client.v1.invoices.pay(late.latest_invoice)


def test_a_page_in_setup_mode_keeps_a_card_and_charges_nothing(standin, client):
    begun = begin_monthly(client)
    asked = {
        "mode": "setup",
        "currency": "usd",
        "customer": begun.customer,
        "success_url": "https://mexile.example.org/x",
    }
    session = client.v1.checkout.sessions.create(asked)
    assert (session.amount_total, session.payment_status) == (None, "no_payment_required")
    assert pay(session.url, "4000000000000002") is None
    assert pay(session.url, "5555555555554444")
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent.payment_method"]})
    assert (done.status, done.setup_intent.status) == ("complete", "succeeded")
    kept = client.v1.subscriptions.retrieve(begun.subscription).default_payment_method
    assert done.setup_intent.payment_method.id != kept
    assert len(client.v1.payment_intents.list().data) == 1
    with pytest.raises(stripe.InvalidRequestError, match="currency"):
        client.v1.checkout.sessions.create({name: asked[name] for name in ("mode", "customer", "success_url")})


def test_a_dispute_takes_the_money_with_a_fee_and_gives_it_back_when_it_is_won(standin, client):
    pay(client.v1.checkout.sessions.create(one_gift(5000)).url)
    post(standin, "/_control/dispute")
    dispute = client.v1.disputes.list().data[0]
    assert [(row.amount, row.fee) for row in dispute.balance_transactions] == [(-5000, 1500)]
    assert client.v1.charges.retrieve(dispute.charge).disputed
    post(standin, "/_control/dispute_won")
    assert client.v1.disputes.retrieve(dispute.id).status == "won"
    assert sum(row.net for row in client.v1.balance_transactions.list().data) == 5000 - 175 - 1500


def test_a_payout_lists_its_movements_unless_somebody_asked_for_it_by_hand(standin, client):
    for cents in (5000, 2500):
        pay(client.v1.checkout.sessions.create(one_gift(cents)).url)
    with standin.world.changing():
        payouts.pay_out(standin.world, is_automatic=False, cents=1000)
    post(standin, "/_control/payout")
    automatic, by_hand = client.v1.payouts.list().data
    assert (automatic.reconciliation_status, by_hand.reconciliation_status) == ("completed", "not_applicable")
    lines = client.v1.balance_transactions.list({"payout": automatic.id}).data
    assert [line.type for line in lines] == ["payout", "charge", "charge"]
    assert sum(line.net for line in lines) == 0
    with pytest.raises(stripe.InvalidRequestError, match="only be filtered on automatic"):
        client.v1.balance_transactions.list({"payout": by_hand.id})


def test_only_a_refund_that_failed_has_a_failure_at_all(standin, client):
    pay(client.v1.checkout.sessions.create(one_gift(5000)).url)
    made = client.v1.refunds.create({"payment_intent": client.v1.payment_intents.list().data[0].id})
    assert "failure_balance_transaction" not in made
    with pytest.raises(AttributeError):
        made.failure_balance_transaction  # noqa: B018 - this is what the library does
    post(standin, "/_control/refund_fails")
    rows = client.v1.refunds.list({"expand": ["data.failure_balance_transaction"]}).data
    assert rows[0].failure_balance_transaction.amount == 5000


@pytest.mark.parametrize("resource", sorted(shapes.RESOURCES))
def test_what_is_left_out_is_a_field_that_the_library_has(resource):
    known = shapes.RESOURCES[resource]
    assert shapes.left_out(known) <= shapes.fields(known).keys()


def test_a_stopped_subscription_is_never_billed_again(standin, client):
    session, other = begin_monthly(client), begin_monthly(client)
    client.v1.subscriptions.cancel(session.subscription)
    client.v1.subscriptions.update(other.subscription, {"cancel_at_period_end": True})
    assert post(standin, "/_control/month") == {"billed": 0}
    assert {s.status for s in client.v1.subscriptions.list({"status": "all"}).data} == {"canceled"}
    with pytest.raises(stripe.InvalidRequestError, match="No such subscription"):
        client.v1.subscriptions.cancel(session.subscription)


def test_a_refund_gives_the_money_back_and_keeps_the_fee(client):
    session = client.v1.checkout.sessions.create(one_gift(5000))
    pay(session.url)
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    refund = client.v1.refunds.create(
        {"payment_intent": intent, "amount": 2000, "reason": "requested_by_customer"}, {"idempotency_key": "r1"}
    )
    again = client.v1.refunds.create(
        {"payment_intent": intent, "amount": 2000, "reason": "requested_by_customer"}, {"idempotency_key": "r1"}
    )
    assert again.id == refund.id
    transaction = client.v1.balance_transactions.retrieve(refund.balance_transaction)
    assert (transaction.amount, transaction.fee) == (-2000, 0)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        client.v1.refunds.create({"payment_intent": intent, "amount": 3001})
    net = [row.net for row in client.v1.balance_transactions.list().data]
    assert sum(net) == 5000 - 175 - 2000


def test_the_same_key_answers_the_same_and_refuses_another_request(client):
    made = [client.v1.checkout.sessions.create(one_gift(5000), {"idempotency_key": "k"}) for _ in range(2)]
    assert made[0].id == made[1].id
    with pytest.raises(stripe.IdempotencyError):
        client.v1.checkout.sessions.create(one_gift(5001), {"idempotency_key": "k"})


def test_a_session_can_be_expired_and_then_takes_no_card(client):
    session = client.v1.checkout.sessions.create(one_gift(5000))
    url = session.url
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    assert pay(url) is None
    assert client.v1.payment_intents.list().data == []


def test_a_late_payment_is_processing_until_the_bank_answers(standin, client):
    post(standin, "/_control", {"pay_late": True})
    session = client.v1.checkout.sessions.create(one_gift(5000))
    assert pay(session.url)
    session = client.v1.checkout.sessions.retrieve(session.id)
    assert (session.status, session.payment_status) == ("complete", "unpaid")
    assert post(standin, "/_control/settle") == {"settled": 1}
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"statement": "x"}, "statement"),
        ({"payment_intent_data": {"receipt": "x"}}, "payment_intent_data[receipt]"),
        ({"mode": "donation"}, "mode"),
        ({"submit_type": "give"}, "submit_type"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"line_items": [{"price_data": {"currency": "usd", "amount": 5}}]}, "line_items[0][price_data][amount]"),
    ],
)
def test_a_parameter_the_library_does_not_know_is_refused_with_its_name(client, wrong, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(one_gift(5000) | wrong)
    assert refused.value.param == param


def test_what_it_does_not_have_is_an_unrecognized_url(client):
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.coupons.create({"percent_off": 10})


def test_live_keys_and_other_versions_are_refused(standin):
    live = stripe.StripeClient("sk_live_x", base_addresses={"api": standin.address}, max_network_retries=0)
    with pytest.raises(stripe.AuthenticationError):
        live.v1.customers.list()
    with pytest.raises(stripe.InvalidRequestError):
        client_of(standin).v1.customers.list({}, {"stripe_version": "2020-08-27"})


def test_no_answer_and_no_event_has_a_field_the_library_does_not_have(standin, client):
    begin_monthly(client)
    begin_monthly(client, "4000000000000341")
    post(standin, "/_control/month")
    session = client.v1.checkout.sessions.create(one_gift(5000))
    pay(session.url, "4000000000000002")
    pay(session.url)
    client.v1.refunds.create({"payment_intent": client.v1.checkout.sessions.retrieve(session.id).payment_intent})
    post(standin, "/_control/refund_fails")
    post(standin, "/_control/dispute")
    post(standin, "/_control/dispute_won")
    customer = client.v1.customers.list().data[0].id
    pay(
        client.v1.billing_portal.sessions.create({"customer": customer, "return_url": "https://mexile.example.org"}).url
    )
    setup = {"mode": "setup", "currency": "usd", "customer": customer, "success_url": "https://mexile.example.org/x"}
    pay(client.v1.checkout.sessions.create(setup).url)
    post(standin, "/_control/payout")
    client.v1.webhook_endpoints.create({"url": "https://mexile.example.org/x", "enabled_events": ["charge.updated"]})
    assert client.v1.accounts.retrieve_current().charges_enabled
    kinds = {body["object"] for body in standin.world.objects.values()}
    assert kinds == shapes.RESOURCES.keys() - {"account", "line_item", "plan"}
    [charge] = [body for body in standin.world.all("charge") if body["refunded"] or body["disputed"]][:1]
    assert charge["payment_method_details"]["card"]["last4"] == "4242"
    assert [line["amount"] for line in standin.world.all("invoice")[0]["lines"]["data"]] == [2500]
    for body in standin.world.objects.values():
        assert shapes.strange_fields(body) == []
        if body["object"] == "event":
            assert shapes.strange_fields(body["data"]["object"]) == []


def test_the_check_on_fields_sees_what_is_strange():
    customer = shapes.complete({"id": "cus_1", "object": "customer", "created": 1, "livemode": False})
    assert shapes.strange_fields(customer) == []
    assert shapes.strange_fields(customer | {"tax": None}) == [".tax: null, where Stripe leaves it out"]
    del customer["phone"]
    assert shapes.strange_fields(customer) == [".phone: left out, where Stripe says null"]
    customer["phone"] = None
    assert shapes.strange_fields(customer | {"surname": "x"}) == [".surname: not in Customer"]
    assert shapes.strange_fields(customer | {"created": None}) == [".created: missing or null, Customer always has it"]
    assert shapes.strange_fields(customer | {"address": {"village": "x"}}) == [".address.village: not in Address"]


@given(st.dictionaries(two_letters_of("abcdefxyz"), st.text(max_size=3), max_size=3))
def test_no_invented_parameter_ever_passes(params):
    known = shapes.parameters(shapes.params_of("RefundCreateParams"))
    invented = {name: value for name, value in params.items() if name not in known}
    if invented:
        with pytest.raises(Refusal):
            shapes.refuse_unknown(shapes.params_of("RefundCreateParams"), invented)


def test_the_wire_nests_and_counts():
    assert nested("a[b][0]=1&a[b][1]=2&expand[]=x&expand[]=y") == {
        "a": {"b": {"0": "1", "1": "2"}},
        "expand": {"0": "x", "1": "y"},
    }


@pytest.mark.parametrize(("cents", "fee"), [(5000, 175), (300, 39), (1500, 74), (2517, 103), (100, 33)])
def test_the_fee_is_computed(cents, fee):
    assert fee_of(cents) == fee


def test_the_signature_is_what_the_library_expects():
    payload = b'{"id": "evt_1", "object": "event"}'
    now = int(time.time())
    assert stripe.WebhookSignature.verify_header(payload.decode(), sign(payload, "whsec_x", now), "whsec_x", 300)
    assert sign(payload, "whsec_x", now) == stripe.WebhookSignature.generate_signature_header(
        payload.decode(), "whsec_x", now
    )


def test_what_it_remembers_survives_a_restart(tmp_path):
    path = tmp_path / "standin.json"
    with running(path=path) as first:
        client_of(first).v1.customers.create({"email": "ana@example.org"})
    with running(path=path) as second:
        assert client_of(second).v1.customers.list().data[0].email == "ana@example.org"


class Hearer:
    """A program on loopback that notes which events it was told, and refuses the first few."""

    def __init__(self, refuse=0):
        self.heard, self.signatures, self.refuse = [], [], refuse
        hearer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hearer.signatures.append((body, self.headers["Stripe-Signature"]))
                hearer.heard.append(json.loads(body)["id"])
                self.send_response(500 if len(hearer.heard) <= hearer.refuse else 200)
                self.end_headers()

            def log_message(self, *ignored):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_port}/events"

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.server.shutdown()
        self.server.server_close()


def told_by(switches, *, refuse=0):
    """Events in the order they were made, and as they were heard."""
    with Hearer(refuse) as hearer, running(webhook=hearer.address, secret="whsec_x") as standin:
        for name, value in switches.items():
            post(standin, "/_control", {name: value})
        session = client_of(standin).v1.checkout.sessions.create(one_gift(5000))
        begun = time.monotonic()
        pay(session.url)
        assert standin.postman.wait(15)
        for body, signature in hearer.signatures:
            assert stripe.WebhookSignature.verify_header(body.decode(), signature, "whsec_x", 300)
        made = [event["id"] for event in reversed(standin.world.all("event"))]
        return made, hearer.heard, time.monotonic() - begun


def test_events_are_told_signed_and_in_order_when_nothing_is_switched_on():
    made, heard, _ = told_by({})
    assert sorted(heard) == sorted(made)


def test_repeated_and_shuffled_events_are_the_same_events():
    made, heard, _ = told_by({"repeat": True, "shuffle": True})
    assert sorted(heard) == sorted(made * 3)
    assert heard != [event for event in made for _ in range(3)]


def test_events_can_be_late():
    assert told_by({"delay_seconds": 0.6})[2] >= 0.6


def test_what_is_not_taken_is_told_again():
    made, heard, _ = told_by({}, refuse=2)
    assert set(heard) == set(made) and len(heard) == len(made) + 2


def test_it_speaks_to_loopback_only():
    with pytest.raises(ValueError, match="loopback"):
        server.start(webhook="https://mexile.example.org/stripe/events")
