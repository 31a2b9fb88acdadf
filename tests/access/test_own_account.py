"""What people change of their own account: asked for afresh, told by mail, and the rest of the world signed out."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.access.account.models import RecoveryCode, UserAccount
from mexile.access.letter.actions import render_own
from mexile.access.session.models import Draft
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from tests.access.arriving import NEW, come_in, now_code
from tests.makers.access import PASSWORD


def seed_of(make, user):
    return make.read(lambda: db.session.get(UserAccount, user.id).totp)


def letters(make, user):
    def look():
        bodies = [
            json.loads(body)["body"]
            for body in db.session.scalars(select(Job.body).where(Job.key.startswith("access.own:")))
        ]
        return [(body["what"], render_own(body)) for body in bodies if body["user"] == user.id]

    return make.read(look)


def test_a_new_password_ends_every_other_session_and_is_told(app, client_as, make):
    here = client_as("auditor")
    there = client_as(user=here.user)
    assert here.post("/account/password", data={"password": NEW, "again": NEW}).location == "/account"
    assert here.get("/trail").status_code == 200 and there.get("/trail").status_code == 302
    seed = seed_of(make, here.user)
    assert come_in(app, here.user.email, seed, password=PASSWORD)[0].status_code == 422
    assert come_in(app, here.user.email, seed)[0].status_code == 302
    ((what, letter),) = letters(make, here.user)
    assert what == "password" and letter.to == here.user.email and letter.subject == "About your account"
    assert here.user.name not in letter.text and NEW not in letter.text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password": "short", "again": "short"}, "at least 12"),
        ({"password": NEW, "again": NEW + "."}, "not the same"),
        ({"password": PASSWORD, "again": PASSWORD}, "the password you have"),
        ({"password": "", "again": ""}, "fill this in"),
    ],
)
def test_a_password_that_can_not_be_is_refused_in_words(client_as, make, form, words):
    browser = client_as("auditor")
    answer = browser.post("/account/password", data=form)
    assert answer.status_code == 422 and words in answer.text
    assert letters(make, browser.user) == []


@pytest.mark.parametrize("page", ["/account/password", "/account/second-factor", "/account/recovery-codes"])
def test_each_asks_for_the_password_afresh_and_keeps_no_new_one_meanwhile(client_as, make, page):
    browser = client_as("volunteer", confirmed=timedelta(minutes=6))
    assert "/confirm" in browser.get(page).location
    assert "/confirm" in browser.post(page, data={"password": NEW, "again": NEW}).location
    kept = make.read(lambda: [draft.body for draft in db.session.scalars(select(Draft))])
    assert NEW not in repr(kept)


def test_another_telephone_counts_once_it_shows_a_right_code(app, client_as, make):
    browser = client_as("auditor")
    there, old = client_as(user=browser.user), seed_of(make, browser.user)
    page = browser.get("/account/second-factor").text
    word = re.search(r'name="seed"[^>]*value="([^"]+)"', page)[1]
    seed = word.partition("-")[0]
    assert browser.post("/account/second-factor", data={"seed": word, "code": "000000"}).status_code == 422
    assert seed_of(make, browser.user) == old
    assert (
        browser.post("/account/second-factor", data={"seed": "A" * 32 + "-0", "code": now_code("A" * 32)}).status_code
        == 422
    )
    assert browser.post("/account/second-factor", data={"seed": word, "code": now_code(seed)}).location == "/account"
    assert there.get("/trail").status_code == 302
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert come_in(app, browser.user.email, old, password=PASSWORD)[0].status_code == 422
        assert come_in(app, browser.user.email, seed, password=PASSWORD)[0].status_code == 302
    assert [what for what, _ in letters(make, browser.user)] == ["second_factor"]


def test_a_seed_of_one_is_no_seed_of_another(client_as):
    one, other = client_as("auditor"), client_as("auditor")
    word = re.search(r'name="seed"[^>]*value="([^"]+)"', one.get("/account/second-factor").text)[1]
    answer = other.post("/account/second-factor", data={"seed": word, "code": now_code(word.partition("-")[0])})
    assert answer.status_code == 422


def test_new_recovery_codes_are_shown_once_and_the_old_are_worth_nothing(client_as, make):
    browser = client_as("auditor")
    token = {"form_token": "t" * 20}
    first = re.findall(r"<li>([a-z0-9-]{19})</li>", browser.post("/account/recovery-codes", data=token).text)
    assert len(first) == 10
    again = browser.post("/account/recovery-codes", data=token)
    assert again.location == "/account" and not set(first) & set(
        re.findall(r"[a-z0-9-]{19}", browser.get("/account").text)
    )
    second = re.findall(r"<li>([a-z0-9-]{19})</li>", browser.post("/account/recovery-codes", data={}).text)
    assert len(second) == 10 and not set(first) & set(second)
    assert make.read(lambda: len(list(db.session.scalars(select(RecoveryCode.id))))) == 10
    assert [what for what, _ in letters(make, browser.user)] == ["recovery_codes"] * 2


@pytest.mark.parametrize("role", ["volunteer", "administrator", "director", "development"])
def test_everybody_has_an_account_page(client_as, role):
    assert "Change the password" in client_as(role).get("/account").text
