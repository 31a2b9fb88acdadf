"""A limit that a whole network shares refuses who tries wrong things, never who does the right one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mexile.access.policy import POLICY
from mexile.access.session.models import RateCount
from mexile.access.throttle import actions as slowing
from mexile.ground import clock
from mexile.ground.db import db
from tests.access.arriving import NEW, begin, now_code
from tests.access.test_throttle import device_of, right_code, try_

OFFICE = "192.0.2.1"


@pytest.fixture(autouse=True)
def early_in_a_window():
    """Counts begin anew with every five minutes of the clock."""
    with clock.at(datetime(2026, 11, 30, 19, tzinfo=UTC)):
        yield


def many_wrong(app, path, count, **data):
    browser = app.test_client().carry(app, None, None)
    return [browser.post(path, data=data, environ_base={"REMOTE_ADDR": OFFICE}) for _ in range(count)]


def test_a_stranger_in_the_offices_network_keeps_nobody_from_signing_in(app, make):
    user = make.user(roles=["auditor"])
    answers = many_wrong(app, "/sign-in", 40, email="x@example.org", password="wrong wrong wrong", code="1")
    assert answers[-1].status_code == 429 and answers[-1].headers["Retry-After"] == "300"
    assert try_(app, user, password="wrong wrong wrong", address=OFFICE).status_code == 429
    assert try_(app, user, code=right_code(make, user), address=OFFICE).status_code == 302


def test_past_the_limit_passwords_are_worked_out_one_at_a_time_but_for_known_devices(app, make):
    user = make.user(roles=["auditor"])
    device = device_of(try_(app, user, code=right_code(make, user), address=OFFICE))
    many_wrong(app, "/sign-in", 31, email="x@example.org", password="wrong wrong wrong", code="1")
    with clock.at(clock.now() + timedelta(seconds=61)), slowing.in_turn(True):
        assert try_(app, user, code=right_code(make, user), address=OFFICE).status_code == 429
        assert try_(app, user, code=right_code(make, user), address="198.51.100.7", device=device).status_code == 302
    with clock.at(clock.now() + timedelta(seconds=122)), slowing.in_turn(True):
        assert try_(app, user, code=right_code(make, user), address=OFFICE, device=device).status_code == 302


def test_who_is_refused_unread_is_not_told_of_wrong_tries_with_their_own_address(app, make):
    user = make.user(roles=["auditor"])
    many_wrong(app, "/sign-in", 31, email="x@example.org", password="wrong wrong wrong", code="1")
    counts = make.read(lambda: db.session.scalars(select(RateCount.count)).all())
    with slowing.in_turn(True):
        answer = try_(app, user, code=right_code(make, user), address=OFFICE)
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "1"
    assert "yours was not read" in answer.text and user.email in answer.text
    assert make.read(lambda: db.session.scalars(select(RateCount.count)).all()) == counts
    assert try_(app, user, code=right_code(make, user), address=OFFICE).status_code == 302


def test_a_right_try_counts_for_nothing(app, make):
    user = make.user(roles=["auditor"])
    start = clock.now()
    for seconds in range(0, 32 * 35, 32):
        with clock.at(start + timedelta(seconds=seconds)):
            assert try_(app, user, code=right_code(make, user), address=OFFICE).status_code == 302


def test_a_good_invitation_opens_whatever_was_tried_beside_it(app, make):
    path = f"/invitations/open/{make.invitation(make.user(password_hash=''))}"
    assert many_wrong(app, "/invitations/open/x", 62)[-1].status_code == 429
    browser = app.test_client().carry(app, None, None)
    for _ in range(62):
        last = browser.get("/invitations/open/x", environ_base={"REMOTE_ADDR": OFFICE})
    assert last.status_code == 429
    assert browser.get(path, environ_base={"REMOTE_ADDR": OFFICE}).status_code == 200
    word, seed = begin(browser, path)
    form = {"seed": word, "password": NEW, "again": NEW, "code": now_code(seed)}
    assert browser.post(path, data=form, environ_base={"REMOTE_ADDR": OFFICE}).status_code == 200


def test_strangers_keep_no_donor_from_the_page_of_the_card_and_nobody_from_a_language(app):
    assert {answer.status_code for answer in many_wrong(app, "/give/mine/RG-0001/card", 30)} == {303}
    assert {answer.status_code for answer in many_wrong(app, "/language", 70, lang="es")} == {302}


@pytest.mark.once
def test_every_limit_of_strangers_counts_what_is_wrong_or_lasts_a_minute():
    shared = {name: rule.rate for name, rules in POLICY.items() for rule in rules.values() if rule.public and rule.rate}
    assert shared == {
        "access.sign_in": (30, 300),
        "access.forgotten_password": (20, 60),
        "access.password_reset": (30, 300),
        "access.invitation": (30, 300),
        "access.language": (60, 300),
        "gifts.mine": (120, 60),
        "gifts.open_link": (30, 300),
    }
