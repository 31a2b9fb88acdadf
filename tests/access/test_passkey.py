"""Passkeys: added, named, removed, and what they open; whatever isn't theirs to open stays closed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile import config as configuration
from mexile.access.account.models import UserAccount
from mexile.access.passkey.models import Passkey
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from mexile.ground.trail import TrailRow
from tests.access.arriving import arrive, mailed_address
from tests.access.authenticator import PRESENT, Authenticator
from tests.makers.access import PASSWORD

ORIGIN = "https://mexile.example.org"


@pytest.fixture(autouse=True)
def named(app):
    """Our address is one for which browsers make passkeys."""
    configuration.use(replace(configuration.config(), base_url=ORIGIN))


def options(browser, path="/passkeys/options"):
    return json.loads(browser.get(path).text)


def added(browser, name="Telephone", **more):
    """A device whose passkey this person has added, and the answer of the page."""
    device = Authenticator(ORIGIN)
    made = device.create(options(browser, "/account/passkeys/options"), **more)
    return device, browser.post("/account/passkeys/new", data={"name": name, "credential": made})


def stranger(app):
    return app.test_client().carry(app, None, None)


def sign_in(browser, credential, **more):
    return browser.post("/sign-in", data={"credential": credential, **more})


def acts(make):
    return make.read(lambda: list(db.session.scalars(select(TrailRow.act).order_by(TrailRow.seq))))


def told(make):
    keys = select(Job.body).where(Job.key.startswith("access.own:")).order_by(Job.id)
    return make.read(lambda: [json.loads(body)["body"]["what"] for body in db.session.scalars(keys)])


def test_several_are_added_with_a_name_and_one_is_removed(client_as, make):
    browser = client_as("caseworker")
    elsewhere = client_as(user=browser.user)
    assert added(browser, "Red telephone")[1].location == "/account#passkeys"
    assert added(browser, "Desk")[1].status_code == 302
    page = browser.get("/account").text
    assert "Red telephone" in page and "Desk" in page and "not yet" in page
    first = make.read(lambda: db.session.scalar(select(Passkey.id).where(Passkey.name == "Red telephone")))
    assert elsewhere.get("/account").status_code == 200
    assert browser.post("/account/passkeys/end", data={"passkey": first}).location == "/account#passkeys"
    page = browser.get("/account").text
    assert "Red telephone" not in page and "Desk" in page
    assert elsewhere.get("/account").status_code == 302, "a session that it may have opened has ended"
    assert told(make) == ["passkey_added", "passkey_added", "passkey_removed"]


def test_one_opens_the_door_without_password_and_code_and_leads_where_one_wanted(app, client_as, make):
    device, _ = added(client_as("auditor"))
    browser = stranger(app)
    answer = sign_in(browser, device.get(options(browser)), next="/trail")
    assert (answer.status_code, answer.location) == (302, "/trail")
    cookie = next(part for part in answer.headers.getlist("Set-Cookie") if part.startswith("mx="))
    browser.carry(app, cookie.partition("=")[2].partition(";")[0], None)
    assert browser.get("/trail").status_code == 200
    assert "sign_in" in acts(make)


def test_an_answer_opens_once(app, client_as):
    device, _ = added(client_as("auditor"))
    browser = stranger(app)
    answered = device.get(options(browser))
    assert sign_in(browser, answered).status_code == 302
    again = sign_in(stranger(app), answered)
    assert again.status_code == 422 and "opens nothing here" in again.text and "signature" not in again.text


def test_an_answer_that_was_refused_opens_nothing_later(app, client_as):
    device, _ = added(client_as("auditor"))
    browser = stranger(app)
    asked = options(browser)
    assert sign_in(browser, device.get(asked, origin="https://evil.example")).status_code == 422
    assert sign_in(browser, device.get(asked)).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://mexile.example.org.evil.example"},
        {"origin": "http://mexile.example.org"},
        {"origin": "https://mexile.example.org:8443"},
        {"rp_id": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
)
def test_another_place_and_nobodys_finger_are_refused(app, client_as, make, wrong):
    device, _ = added(client_as("auditor"))
    browser = stranger(app)
    assert sign_in(browser, device.get(options(browser), **wrong)).status_code == 422
    assert "sign_in" not in acts(make) and "sign_in.refused" in acts(make)


def test_the_challenge_of_another_browser_a_forged_one_and_an_old_one_are_refused(app, client_as):
    device, _ = added(client_as("auditor"))
    browser, other = stranger(app), client_as("caseworker")
    assert sign_in(browser, device.get(options(other))).status_code == 422
    assert sign_in(browser, device.get({"challenge": "AAAA", "rpId": "mexile.example.org"})).status_code == 422
    asked = options(browser)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert sign_in(browser, device.get(asked)).status_code == 422
    # One that was given to add a passkey opens nothing.
    mine = client_as("auditor")
    asked = {**options(mine, "/account/passkeys/options"), "rpId": "mexile.example.org"}
    assert mine.post("/confirm", data={"credential": device.get(asked), "next": "/account"}).status_code == 422


def test_a_device_that_counts_backwards_is_refused_and_told(app, client_as, make):
    device, _ = added(client_as("auditor"))
    browser = stranger(app)
    device.count = 7
    assert sign_in(browser, device.get(options(browser))).status_code == 302
    device.count = 5
    browser = stranger(app)
    assert sign_in(browser, device.get(options(browser))).status_code == 422
    assert "passkey.copied" in acts(make) and told(make)[-1] == "passkey_copied"
    device.count = 8
    assert sign_in(browser, device.get(options(browser))).status_code == 302


def test_a_device_that_counts_nothing_opens_each_time(app, client_as):
    device, _ = added(client_as("auditor"))
    for _ in range(2):
        browser, device.count = stranger(app), -1
        assert sign_in(browser, device.get(options(browser))).status_code == 302


def test_an_unknown_a_removed_and_an_ended_one_open_nothing(app, client_as, make):
    browser = client_as("auditor")
    device, _ = added(browser)
    unknown = Authenticator(ORIGIN)
    door = stranger(app)
    assert sign_in(door, unknown.get(options(door))).status_code == 422
    made = make.read(lambda: db.session.scalar(select(Passkey.id)))
    browser.post("/account/passkeys/end", data={"passkey": made})
    assert sign_in(door, device.get(options(door))).status_code == 422
    other = client_as("auditor")
    device, _ = added(other)
    make.ended_access(other.user)
    assert sign_in(door, device.get(options(door))).status_code == 422


def test_one_of_another_account_under_ones_own_name_opens_neither(app, client_as):
    device, _ = added(client_as("auditor"))
    other, _ = added(client_as("director"))
    device.handle = other.handle
    door = stranger(app)
    assert sign_in(door, device.get(options(door))).status_code == 422


def test_one_confirms_and_unlocks_with_ones_own_alone(client_as):
    browser = client_as("auditor", started=timedelta(hours=1), confirmed=timedelta(hours=1))
    fresh = client_as(user=browser.user)
    device, _ = added(fresh)
    other, _ = added(client_as("director"))
    assert "/confirm" in browser.get("/account/password").location
    assert "Confirm with a passkey" in browser.get("/confirm").text
    refused = browser.post("/confirm", data={"credential": other.get(options(browser)), "next": "/account/password"})
    assert refused.status_code == 422 and "/confirm" in browser.get("/account/password").location
    opened = browser.post("/confirm", data={"credential": device.get(options(browser)), "next": "/account/password"})
    assert opened.location == "/account/password" and browser.get("/account/password").status_code == 200

    locked = client_as(user=browser.user, seen=timedelta(minutes=20), confirmed=timedelta(minutes=20))
    assert "/unlock" in locked.get("/trail").location and "Open with a passkey" in locked.get("/unlock").text
    assert locked.post("/unlock", data={"credential": other.get(options(locked)), "next": "/trail"}).status_code == 422
    opened = locked.post("/unlock", data={"credential": device.get(options(locked)), "next": "/trail"})
    assert opened.location == "/trail" and locked.get("/trail").status_code == 200
    assert "/confirm" in locked.get("/account/password").location, "the lock alone confirms nothing"


def test_a_session_ends_after_too_many_wrong_passkeys(client_as, make):
    browser = client_as("auditor")
    added(browser)
    for _ in range(10):
        answer = browser.post("/confirm", data={"credential": "{}", "next": "/trail"})
    assert "/sign-in" in answer.location and browser.get("/trail").status_code == 302
    assert told(make)[-1] == "session_ended"


def test_nobody_removes_the_passkey_of_another(client_as, make):
    mine, theirs = client_as("auditor"), client_as("director")
    added(mine)
    number = make.read(lambda: db.session.scalar(select(Passkey.id)))
    for odd in (number, "x", "", "9" * 30):
        assert theirs.post("/account/passkeys/end", data={"passkey": odd}).status_code == 404
    assert make.read(lambda: db.session.scalar(select(Passkey.id))) == number and told(make) == ["passkey_added"]


def test_adding_asks_afresh_and_takes_only_what_was_made_for_this_browser_here(client_as, make):
    old = client_as("auditor", confirmed=timedelta(minutes=6))
    for path in ("/account/passkeys/new", "/account/passkeys/options"):
        assert "/confirm" in old.get(path).location
    browser, other = client_as("auditor"), client_as("auditor")
    _, answer = added(browser, origin="https://evil.example")
    assert answer.status_code == 422 and "was not saved" in answer.text and 'value="Telephone"' in answer.text
    device = Authenticator(ORIGIN)
    made = device.create(options(other, "/account/passkeys/options"))
    assert browser.post("/account/passkeys/new", data={"name": "Mine", "credential": made}).status_code == 422
    assert other.post("/account/passkeys/new", data={"name": "Mine", "credential": made}).status_code == 302
    assert other.post("/account/passkeys/new", data={"name": "Again", "credential": made}).status_code == 422
    for nonsense in ("", "{}", "[]", "[" * 5000, '{"id": 1}', made.replace("none", "tpm"), made[:200]):
        answer = browser.post("/account/passkeys/new", data={"name": "Mine", "credential": nonsense})
        assert answer.status_code == 422
    assert make.read(lambda: len(list(db.session.scalars(select(Passkey.id))))) == 1


def test_nonsense_at_the_door_is_refused_in_words(app):
    door = stranger(app)
    for nonsense in ("{}", "null", "[" * 5000, '{"id":"AA","rawId":"AA","type":"public-key","response":{}}'):
        assert "opens nothing here" in sign_in(door, nonsense).text


def test_whoever_sets_everything_anew_has_no_passkey_left(app, client_as, make):
    person = client_as("auditor")
    device, _ = added(person)
    make.invitation(make.read(lambda: db.session.get(UserAccount, person.user.id)))
    assert arrive(app, make, person.user.email, path=mailed_address(make, person.user.email))[0].status_code == 200
    door = stranger(app)
    assert sign_in(door, device.get(options(door))).status_code == 422


def test_where_browsers_make_none_the_pages_say_so(client_as, client):
    configuration.use(replace(configuration.config(), base_url="http://127.0.0.1:8080"))
    assert "passkey" not in client.get("/sign-in").text
    browser = client_as("auditor")
    assert "only for an https address" in browser.get("/account").text
    assert "only for an https address" in browser.get("/account/passkeys/new").text
    assert browser.post("/confirm", data={"password": PASSWORD, "next": "/trail"}).location == "/trail"
