"""Whether all is set up at Stripe: asked by reading alone, with what to press for each thing that is not."""

import copy
import re
from dataclasses import replace

import pytest
import stripe

from mexile import config as configuration
from mexile.config import config
from mexile.demo.standin import account
from mexile.gifts.stripe import setup
from tests.demo.standin import client_of, one_gift, pay, running
from tests.gifts.giving import give, text_of
from tests.gifts.test_reconcile import ask

HERE = "http://127.0.0.1:8080/stripe/events"


@pytest.fixture
def endpoint(standin):
    """A webhook at Stripe as it should be."""
    told = {"url": HERE, "enabled_events": list(setup.NEEDED), "api_version": stripe.api_version}
    return account.endpoint(standin.world, told)


def look(app):
    with app.app_context():
        problems, notes = setup.look()
        return [str(problem.en) for problem in problems], [str(note.en) for note in notes]


def test_all_is_well_and_nothing_was_changed_there_by_looking(app, client, standin, endpoint):
    pay(give(client).headers["Location"])
    before = copy.deepcopy(standin.world.objects)
    assert look(app) == ([], [])
    assert standin.world.objects == before


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "https://elsewhere.example.org/x"}, "No webhook at Stripe has the address"),
        ({"status": "disabled"}, "switched off"),
        ({"enabled_events": ["charge.updated"]}, "isn't told of: charge.dispute.closed"),
        ({"api_version": "2020-08-27"}, "speaks version 2020-08-27"),
    ],
)
def test_a_webhook_that_is_not_right_is_said_with_what_to_press(app, standin, endpoint, wrong, words):
    endpoint |= wrong
    [said], _ = look(app)
    assert words in said and "Developers, Webhooks" in said


def test_an_endpoint_for_all_events_is_right(app, standin, endpoint):
    endpoint["enabled_events"] = ["*"]
    assert look(app) == ([], [])


def test_a_restricted_key_is_told_which_rights_it_lacks(app, standin, endpoint):
    standin.world.switches.forbidden = "payouts disputes webhook_endpoints"
    configuration.use(replace(config(), stripe_key="rk_test_some"))
    problems, notes = look(app)
    assert [re.search(r"may not read ([\w ]+)", said)[1] for said in problems] == ["Disputes", "Payouts"]
    assert "Webhook Endpoints" in notes[0]


def test_a_refused_key_another_account_and_receipts_of_stripes_own_are_seen(app, client, standin, endpoint):
    pay(give(client).headers["Location"])
    standin.settle()
    standin.world.all("charge")[0]["receipt_number"] = "1234-5678"
    assert "Stripe mails receipts of its own" in look(app)[0][0]
    good = config()
    configuration.use(replace(good, stripe_key="sk_revoked"))
    assert look(app)[0] == [setup.REFUSED.en]
    with running() as other:
        pay(client_of(other).v1.checkout.sessions.create(one_gift(7000)).url)
        configuration.use(replace(good, stripe_base=other.address))
        assert look(app)[0] == [setup.OTHER.en]


def test_what_is_amiss_stands_on_health_after_the_night_and_goes_when_it_is_mended(app, standin, client_as):
    give(app.test_client().carry(app, None, None))
    ask(app, standin)
    director = client_as("director")
    assert "No webhook at Stripe has the address" in text_of(director.get("/health?lang=en"))
    told = {"url": HERE, "enabled_events": ["*"], "api_version": stripe.api_version}
    account.endpoint(standin.world, told)
    answer = director.post("/gifts/stripe/test", data={}, follow_redirects=True)
    assert "all is set up there" in text_of(answer)
    assert "No webhook" not in text_of(director.get("/health?lang=en"))
