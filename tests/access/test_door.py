"""Signing in, the lock, the password again: nothing skipped, nothing lost."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from mexile.access import passwords, second_factor
from mexile.access.account.models import RecoveryCode, UserAccount
from mexile.access.session.models import Draft, UserSession
from mexile.ground import clock, trail
from mexile.ground.db import db
from tests.makers.access import PASSWORD


def sent(make, user, *, password=PASSWORD, code=None, **more):
    seed = make.read(lambda: db.session.get(UserAccount, user.id).totp)
    counter = int(clock.now().timestamp()) // second_factor.STEP
    return {
        "email": user.email,
        "password": password,
        "code": second_factor.code_at(seed, counter) if code is None else code,
        **more,
    }


def stranger(app):
    return app.test_client().carry(app, None, None)


def acts(make):
    return make.read(lambda: list(db.session.scalars(select(trail.TrailRow.act).order_by(trail.TrailRow.seq))))


def test_a_person_comes_in_with_mail_password_and_code(client, make):
    user = make.user(roles=["auditor"])
    answer = client.post("/sign-in", data=sent(make, user, next="/trail"))
    assert (answer.status_code, answer.location) == (302, "/trail")
    assert client.get("/trail").status_code == 200
    assert "sign_in" in acts(make)


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong wrong wrong"}, {"code": "000000"}, {"code": ""}, {"email": "nobody@example.org"}]
)
def test_one_wrong_thing_opens_nothing_and_tells_nothing(client, make, wrong):
    user = make.user(roles=["auditor"])
    answer = client.post("/sign-in", data={**sent(make, user), **wrong})
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers or "mx=" not in answer.headers["Set-Cookie"]
    assert client.get("/trail").status_code == 302
    assert user.name not in answer.text


def test_a_code_works_once_even_with_spaces_in_it(app, make):
    user = make.user(roles=["auditor"])
    form = sent(make, user)
    assert stranger(app).post("/sign-in", data=form).status_code == 302
    assert stranger(app).post("/sign-in", data=form).status_code == 422
    spaced = {**form, "code": f"{form['code'][:3]} {form['code'][3:]}"}
    assert stranger(app).post("/sign-in", data=spaced).status_code == 422


def test_a_recovery_code_works_once(app, make):
    user = make.user(roles=["auditor"])

    def keep():
        db.session.add(RecoveryCode(user_id=user.id, code_mac=second_factor.recovery_mac("abcd-efgh")))

    make.write(keep)
    assert stranger(app).post("/sign-in", data=sent(make, user, code="ABCD EFGH")).status_code == 302
    assert stranger(app).post("/sign-in", data=sent(make, user, code="abcd-efgh")).status_code == 422


def test_after_sign_in_nobody_is_led_to_another_site(app, make):
    user = make.user(roles=["auditor"])
    for number, bad in enumerate(["https://evil.example/", "//evil.example/", "/\\evil.example", "/nowhere"]):
        with clock.at(clock.now() + timedelta(minutes=number + 1)):
            answer = stranger(app).post("/sign-in", data=sent(make, user, next=bad))
        assert (bad, answer.status_code, answer.location) == (bad, 302, "/")


def test_ended_access_is_a_strangers_at_the_next_request(client_as, make):
    browser = client_as("auditor")
    assert browser.get("/trail").status_code == 200
    make.ended_access(browser.user)
    assert browser.get("/trail").status_code == 302


def test_after_ten_hours_one_signs_in_again(client_as):
    assert client_as("auditor", started=timedelta(hours=9, minutes=59)).get("/trail").status_code == 200
    assert "/sign-in" in client_as("auditor", started=timedelta(hours=10)).get("/trail").location


def test_after_fifteen_idle_minutes_the_password_alone_opens_the_same_page(client_as):
    browser = client_as("auditor", seen=timedelta(minutes=15))
    answer = browser.get("/trail?act=read")
    assert answer.location == "/unlock?next=/trail?act%3Dread"
    assert browser.post("/unlock", data={"password": "no", "next": "/trail?act=read"}).status_code == 422
    opened = browser.post("/unlock", data={"password": PASSWORD, "next": "/trail?act=read"})
    assert opened.location == "/trail?act=read"
    assert browser.get("/trail?act=read").status_code == 200


def test_a_form_sent_to_a_locked_page_is_kept_and_comes_back(client_as, make):
    browser = client_as("auditor", seen=timedelta(minutes=20))
    other = make.session(browser.user)
    number = make.read(lambda: db.session.scalar(select(func.max(UserSession.id))))
    answer = browser.post("/sessions", data={"session": str(number)})
    assert answer.location == "/unlock?next=/sessions&held=1"
    assert other and make.read(lambda: db.session.get(UserSession, number).ended_at) is None
    back = browser.post("/unlock", data={"password": PASSWORD, "next": "/sessions", "held": "1"})
    assert back.status_code == 200
    assert re.search(rf'name="session" value="{number}"', back.text)
    assert 'action="/sessions"' in back.text
    assert make.read(lambda: db.session.scalar(select(func.count()).select_from(Draft))) == 0


def test_a_form_too_long_for_the_lock_stays_on_the_page_and_a_long_one_is_kept(client_as, make):
    browser = client_as("auditor", seen=timedelta(minutes=20))
    answer = browser.post("/sessions", data={"session": "7", "note": "nando " * 200_000})
    assert answer.status_code == 413 and "too long to be kept behind the lock" in answer.text
    assert (
        answer.text.count("nando nando") > 1_000 and 'action="/sessions"' in answer.text and "Send again" in answer.text
    )
    assert make.read(lambda: db.session.scalar(select(func.count()).select_from(Draft))) == 0
    answer = browser.post("/sessions", data={"session": "7", "note": "ñandú " * 100_000})
    assert answer.location == "/unlock?next=/sessions&held=1"
    back = browser.post("/unlock", data={"password": PASSWORD, "next": "/sessions", "held": "1"})
    assert "ñandú " * 100_000 in back.text
    answer = browser.post("/sessions", data={"note": "nando " * 400_000})
    assert answer.status_code == 413 and "Nothing was changed" in answer.text


def test_what_is_typed_is_kept_on_the_server_sealed_even_behind_the_lock(client_as, make):
    browser = client_as("auditor", seen=timedelta(minutes=20))
    assert browser.post("/draft", data={"draft_place": "/members/new", "alias": "Luciérnaga"}).status_code == 204
    row = make.read(lambda: db.session.scalar(select(Draft)))
    assert b"Luci" not in row.body_enc
    assert make.read(lambda: "Luciérnaga" in db.session.scalar(select(Draft)).body.encode().decode("unicode_escape"))


def test_one_sees_and_ends_only_ones_own_sessions(client_as, make):
    mine, theirs = client_as("auditor"), client_as("director")
    number = make.read(lambda: db.session.scalar(select(UserSession.id).where(UserSession.user_id == theirs.user.id)))
    mine.post("/sessions", data={"session": str(number)})
    assert theirs.get("/trail").status_code == 200
    theirs.post("/sessions", data={"session": str(number)})
    assert theirs.get("/trail").status_code == 302


def test_one_signs_out_everywhere_else_at_once(client_as):
    here, other = client_as("auditor"), client_as("director")
    there = [client_as(user=here.user) for _ in range(2)]
    assert here.get("/account").text.count("Sign out there") == 2
    assert here.post("/sessions", data={"session": "others"}).location == "/account#devices"
    assert [browser.get("/account").status_code for browser in (here, *there, other)] == [200, 302, 302, 200]
    assert "Sign out everywhere else" not in here.get("/account").text


def test_signing_out_ends_the_session_on_the_server(client_as):
    browser = client_as("auditor")
    answer = browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    browser.carry(browser.application, browser.secret, browser.user)
    assert browser.get("/trail").status_code == 302


def test_too_many_tries_are_slowed_down(client, make):
    for _ in range(30):
        client.post("/sign-in", data={"email": "x@example.org", "password": "x", "code": "1"})
    answer = client.post("/sign-in", data={"email": "x@example.org", "password": "x", "code": "1"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"


def test_who_runs_the_system_sees_members_only_when_a_director_said_so(client_as, make):
    from mexile.access.session.queries import effective

    assert effective({"administrator": None, "attorney": None}) == {"administrator"}
    assert effective({"administrator": None, "attorney": 7}) == {"administrator", "attorney"}
    assert effective({"administrator": None, "auditor": None}) == {"administrator", "auditor"}


def test_the_language_is_the_persons_own(client_as):
    browser = client_as("auditor")
    assert 'lang="en"' in browser.get("/trail").text
    browser.post("/language", data={"lang": "es", "next": "/trail"})
    assert 'lang="es"' in browser.get("/trail").text


def test_asked_for_under_another_name_it_answers_with_nothing(app):
    answer = app.test_client().get("/", base_url="http://evil.example")
    assert (answer.status_code, answer.text) == (400, "400\n")


def test_a_password_hashed_at_a_lower_cost_is_hashed_anew_when_it_is_next_typed(app, make, monkeypatch):
    user = make.user(roles=["auditor"])
    cheap = make.read(lambda: db.session.get(UserAccount, user.id).password_hash)
    dearer = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", dearer)
    kept = lambda: make.read(lambda: db.session.get(UserAccount, user.id).password_hash)  # noqa: E731
    assert stranger(app).post("/sign-in", data=sent(make, user, password="wrong wrong wrong")).status_code == 422
    assert kept() == cheap, "a wrong password changes nothing"
    assert stranger(app).post("/sign-in", data=sent(make, user, code="000000")).status_code == 422
    assert kept() == cheap
    assert stranger(app).post("/sign-in", data=sent(make, user)).status_code == 302
    assert kept() != cheap and "m=64,t=2" in kept()
    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(seconds=60)):
        assert stranger(app).post("/sign-in", data=sent(make, user)).status_code == 302
    assert "m=64,t=2" in kept(), "a higher cost is never lowered"
