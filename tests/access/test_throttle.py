"""Guessing at the door: no answer tells which part was wrong, and who guesses is slowed, not who lives there."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile.access import rate, second_factor
from mexile.access.account.models import RecoveryCode, UserAccount
from mexile.access.letter.actions import render_own
from mexile.access.session.models import RateCount, UserSession
from mexile.access.throttle.actions import IN_A_SESSION, LIMITS
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from mexile.ground.queue import Job
from tests.makers.access import PASSWORD

ODD = ["١٢٣٤٥٦", "１２３４５６", "¹²³⁴⁵⁶", "१२३४५६", "①②③④⑤⑥", "1²3456", "\x00123456", "٠" * 200, "ⅣⅤⅥⅦⅧⅨ", "1" * 500]
MOST = LIMITS[0][1]


def right_code(make, user):
    seed = make.read(lambda: db.session.get(UserAccount, user.id).totp)
    return second_factor.code_at(seed, int(clock.now().timestamp()) // second_factor.STEP)


def try_(app, user, *, code="000000", password=PASSWORD, address="192.0.2.1", device=None, email=None):
    browser = app.test_client().carry(app, None, None)
    if device:
        browser.set_cookie("mx-device", device, domain="127.0.0.1")
    return browser.post(
        "/sign-in",
        data={"email": email or user.email, "password": password, "code": code},
        environ_base={"REMOTE_ADDR": address},
    )


def rows(make, act):
    return make.read(
        lambda: db.session.scalar(select(func.count()).select_from(trail.TrailRow).where(trail.TrailRow.act == act))
    )


def own_letters(make, user):
    def look():
        jobs = db.session.scalars(select(Job.body).where(Job.kind == "mail", Job.key.startswith("access.own:")))
        return [body for body in jobs if f'"user": {user.id}' in body]

    return make.read(look)


def device_of(answer):
    cookies = [part for part in answer.headers.getlist("Set-Cookie") if part.startswith("mx-device=")]
    return cookies[0].partition("=")[2].partition(";")[0]


@pytest.mark.parametrize("code", ODD)
def test_a_code_in_odd_digits_tells_no_more_than_a_wrong_password_and_is_written_down(app, make, code):
    user = make.user(roles=["auditor"])
    answers = [try_(app, user, code=code, password=password) for password in (PASSWORD, "wrong wrong wrong")]
    answers.append(try_(app, user, code=code, email="nobody@example.org"))
    assert {answer.status_code for answer in answers} == {422}
    if len(code) < 200:
        assert rows(make, "sign_in.refused") == 3


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹"])
def test_the_right_code_in_other_digits_opens_nothing_and_breaks_nothing(app, make, client_as, digits):
    user = make.user(roles=["auditor"])
    code = right_code(make, user).translate(str.maketrans("0123456789", digits))
    assert try_(app, user, code=code).status_code == 422
    browser = client_as(user=user, started=timedelta(hours=1), confirmed=timedelta(hours=1))
    assert browser.post("/confirm", data={"password": PASSWORD, "code": code, "next": "/"}).status_code == 422
    assert rows(make, "session.refused") == 1


@pytest.mark.parametrize("password", ["\x00" * 12, "ñ" * 5000, "٠" * 20])
def test_odd_passwords_are_wrong_passwords_at_every_door(app, make, client_as, password):
    user = make.user(roles=["auditor"])
    assert try_(app, user, password=password).status_code == 422
    browser = client_as(user=user, seen=timedelta(minutes=20))
    assert browser.post("/unlock", data={"password": password}).status_code == 422
    assert browser.post("/confirm", data={"password": password, "code": "١"}).status_code in (302, 422)


def test_a_seed_that_does_not_open_is_a_wrong_code(app, make):
    user = make.user(roles=["auditor"])
    make.write(lambda: setattr(db.session.get(UserAccount, user.id), "totp_enc", b"\x01\x01" + bytes(60)))
    assert {try_(app, user, password=word).status_code for word in (PASSWORD, "wrong wrong wrong")} == {422}


def test_wrong_codes_from_many_networks_are_slowed_and_the_person_is_told_once(app, make):
    user = make.user(roles=["auditor"])
    answers = [try_(app, user, address=f"198.51.100.{n}").status_code for n in range(MOST + 5)]
    assert answers[-1] == 429 and answers.count(429) >= 5
    assert try_(app, user, code=right_code(make, user), address="203.0.113.9").status_code == 429, (
        "not even the right one"
    )
    assert len(own_letters(make, user)) == 1
    letter = make.read(lambda: render_own({"user": user.id, "what": "wrong_codes"}))
    assert letter.to == user.email and user.name not in letter.subject + letter.text
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert try_(app, user, code=right_code(make, user)).status_code == 302


def test_the_answer_to_many_tries_is_the_same_whoever_is_asked_for(app, make):
    user = make.user(roles=["auditor"])
    ways = ({"password": PASSWORD}, {"password": "wrong wrong wrong"}, {"email": "nobody@example.org"})
    series = []
    for way in ways:
        who = make.user(roles=["auditor"]) if way.get("password") else user
        series.append([try_(app, who, address=f"198.51.100.{n}", **way).status_code for n in range(MOST + 3)])
    assert series[0] == series[1] == series[2] and 429 in series[0]


def test_a_stranger_without_the_password_shuts_nobody_out(app, make):
    user = make.user(roles=["auditor"])
    for n in range(3 * MOST):
        try_(app, user, password="wrong wrong wrong", address=f"198.51.100.{n}")
    assert try_(app, user, code=right_code(make, user), address="203.0.113.9").status_code == 302
    assert own_letters(make, user) == []


def test_the_owners_own_device_and_recovery_codes_are_never_slowed_by_a_thief_of_the_password(app, make):
    user = make.user(roles=["auditor"])
    device = device_of(try_(app, user, code=right_code(make, user), address="203.0.113.9"))
    make.write(lambda: db.session.add(RecoveryCode(user_id=user.id, code_mac=second_factor.recovery_mac("abcd-efgh"))))
    with clock.at(clock.now() + timedelta(minutes=5)):
        for n in range(MOST + 2):
            try_(app, user, address=f"198.51.100.{n}")
        assert try_(app, user, code=right_code(make, user), address="203.0.113.9").status_code == 429
        assert (
            try_(
                app, user, code=right_code(make, user), address="203.0.113.9", device="f" * 16 + "-" + "0" * 40
            ).status_code
            == 429
        )
        assert try_(app, user, code=right_code(make, user), address="203.0.113.9", device=device).status_code == 302
        assert try_(app, user, code="ABCD EFGH", address="203.0.113.9").status_code == 302


def test_a_device_known_to_one_is_not_known_to_another(app, make):
    user, other = make.user(roles=["auditor"]), make.user(roles=["auditor"])
    device = device_of(try_(app, user, code=right_code(make, user), address="203.0.113.9"))
    for n in range(MOST + 2):
        try_(app, other, address=f"198.51.100.{n}", device=device)
    assert try_(app, other, code=right_code(make, other), address="203.0.113.9", device=device).status_code == 429


@pytest.mark.parametrize("door", ["/unlock", "/confirm"])
def test_a_session_ends_after_many_wrong_passwords_and_what_was_typed_stays(app, make, client_as, door):
    browser = client_as("auditor", seen=timedelta(minutes=20) if door == "/unlock" else timedelta(0))
    browser.post("/draft", data={"draft_place": "/members/new", "alias": "Luz"})
    for n in range(IN_A_SESSION):
        answer = browser.post(
            door,
            data={"password": "wrong wrong wrong", "next": "/trail"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{n}"},
        )
    assert answer.location == "/sign-in?next=/trail"
    assert "/sign-in" in browser.get("/trail").location
    assert len(own_letters(make, browser.user)) == 1
    assert (
        make.read(
            lambda: db.session.scalar(
                select(func.count()).select_from(UserSession).where(UserSession.ended_at.is_(None))
            )
        )
        == 0
    )


def test_nothing_dearer_is_worked_out_before_everything_is_right(app, make, monkeypatch):
    from mexile.access import passwords

    user = make.user(roles=["auditor"])
    hashed = []
    monkeypatch.setattr(passwords, "is_cheap", lambda _: hashed.append("asked") or False)
    try_(app, user)
    assert hashed == []
    try_(app, user, code=right_code(make, user))
    assert hashed == ["asked"]


@pytest.mark.parametrize("odd", ["²", "9" * 40, "-1", "x"])
def test_a_number_of_a_session_that_is_none_ends_none(client_as, odd):
    browser = client_as("auditor")
    assert browser.post("/sessions", data={"session": odd}).status_code in (200, 302)
    assert browser.get("/trail").status_code == 200


def test_counts_of_windows_that_have_ended_are_forgotten_and_the_others_kept(app: Flask) -> None:
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with app.app_context():
        with clock.at(noon), writing():
            for number in range(5):
                rate.count("test", f"of one visit {number}", 60)
            rate.count("test", "a day", 86_400)
            # As rows were before: by the number of the window.
            db.session.add(RateCount(bucket=b"x" * 32, window=int(noon.timestamp()) // 3600, count=3))
        with clock.at(noon + timedelta(seconds=61)):
            rate.forget_ended()
            assert rate.so_far("test", "a day", 86_400) == 1
            assert db.session.scalar(select(func.count()).select_from(RateCount)) == 1
        with clock.at(noon + timedelta(days=1)):
            rate.forget_ended()
            assert db.session.scalar(select(func.count()).select_from(RateCount)) == 0
