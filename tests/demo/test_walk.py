"""/demo: one page, for nobody but this machine, with the real door behind every button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from mexile import config as configuration
from mexile.access.account.models import UserAccount
from mexile.demo.organization.staff import walkers
from mexile.demo.place import Place
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from tests.clients import Client
from tests.demo.conftest import PINNED_NOON
from tests.demo.test_mails import a_letter


def put_letter(home: Path) -> None:
    (Place(home).mails / "00001-abc.eml").write_bytes(bytes(a_letter()))


@pytest.mark.parametrize(
    ("language", "first", "button"),
    [
        ("en", "Everything here is invented.", "Come in as Lucía, caseworker"),
        ("es", "Todo aquí es inventado.", "Entrar como Lucía, trabajo social"),
    ],
)
def test_the_walk_stands_on_one_page_in_both_languages(visitor: Client, language: str, first: str, button: str) -> None:
    page = html.fromstring(visitor.get("/demo", headers={"Accept-Language": language}).text)
    words = " ".join(page.xpath("//main")[0].text_content().split())
    heading = page.xpath("//main/h1")[0].text_content()
    assert page.get("lang") == language
    assert words.startswith(f"{heading} {first}")
    assert button in words
    assert len(page.xpath("//ol//li//a | //ol//li//button")) == 9
    assert len(page.xpath("//ul[contains(@class, 'people')]/li")) == 7


def test_after_a_weekend_the_first_step_names_the_day(prepare: Callable[[], Flask]) -> None:
    with clock.at(PINNED_NOON):
        assert "yesterday's ICE check-in" in walk_of(prepare())
    with clock.at(PINNED_NOON - timedelta(days=1)):
        assert "the ICE check-in of Fri 20 Nov 2026" in walk_of(prepare())


def walk_of(app: Flask) -> str:
    return app.test_client().carry(app, None, None).get("/demo").text


def test_without_mail_it_says_where_one_comes_from(visitor: Client) -> None:
    assert "No mail yet. Step 3 sends one." in visitor.get("/demo").text


def test_no_secret_and_no_port_stands_on_the_walk(visitor: Client, demo: Flask) -> None:
    settings = demo.config["MEXILE"]
    page = visitor.get("/demo").text
    for secret in (settings.demo_key, settings.stripe_key, settings.stripe_webhook_secret, str(settings.smtp_port)):
        assert secret not in page


def test_one_press_brings_each_of_the_seven_in(visitor: Client) -> None:
    for worker in walkers():
        assert come_in(visitor, worker.word) == "/"
        assert worker.called in visitor.get("/demo").text.split("Now you are", 1)[1].split("</strong>")[0]


def test_after_the_door_comes_the_page_of_the_step(visitor: Client) -> None:
    assert come_in(visitor, "lucia", "/today") == "/today"
    assert come_in(visitor, "lucia", "https://example.org/") == "/"


def test_nobody_waits_for_a_fresh_code(visitor: Client) -> None:
    for _ in range(4):
        assert come_in(visitor, "elena", "/grants") == "/grants"
    for _ in range(3):
        page = visitor.get("/confirm?next=/grants").text
        assert visitor.post("/confirm", data=filled(page, "/confirm")).status_code == 302


def test_looking_at_the_walk_changes_nothing(visitor: Client, demo: Flask) -> None:
    def last() -> list[int]:
        with demo.app_context():
            return list(db.session.scalars(select(UserAccount.totp_last)))

    before = last()
    assert visitor.get("/demo/enter/lucia").status_code == 405
    visitor.get("/demo")
    assert last() == before


def test_nobody_else_can_be_entered_as(visitor: Client) -> None:
    assert visitor.post("/demo/enter/nora").status_code == 404
    assert visitor.post("/demo/enter/somebody").status_code == 404


PATHS = ("/demo", "/demo/mails/1", "/demo/mails/1/0")


def test_only_this_machine_may_walk(visitor: Client, home: Path) -> None:
    put_letter(home)
    for path in PATHS:
        assert visitor.get(path).status_code == 200
        assert visitor.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    far = visitor.post("/demo/enter/lucia", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert far.status_code == 404


def test_without_the_demos_key_there_is_no_walk(visitor: Client, demo: Flask, home: Path) -> None:
    put_letter(home)
    configuration.use(replace(demo.config["MEXILE"], demo_key=""))
    assert {visitor.get(path).status_code for path in PATHS} == {404}
    assert visitor.post("/demo/enter/lucia").status_code == 404


def test_an_ordinary_mexile_has_no_walk(app: Flask) -> None:
    assert app.test_client().get("/demo", base_url="http://127.0.0.1:8080").status_code == 404


def test_a_letter_is_read_and_its_file_is_saved(visitor: Client, home: Path) -> None:
    put_letter(home)
    assert "Su recibo R-000001" in visitor.get("/demo").text
    assert "Gracias, Señora Ñandú." in visitor.get("/demo/mails/1").text
    file = visitor.get("/demo/mails/1/0")
    assert file.data == b"%PDF-1.4 invented"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert visitor.get("/demo/mails/1/1").status_code == 404
    assert visitor.get("/demo/mails/2").status_code == 404


def test_a_stand_in_that_does_not_answer_is_said(visitor: Client) -> None:
    assert "does not answer" in visitor.get("/demo").text
    assert visitor.post("/demo/switch", data={"name": "repeat", "value": "1"}).status_code == 302


def test_an_unknown_switch_is_refused(visitor: Client) -> None:
    assert visitor.post("/demo/switch", data={"name": "down", "value": "1"}).status_code == 404


def test_the_visitors_language_holds_whoever_is_visited(visitor: Client) -> None:
    """Lucía's own language is Spanish; who reads English goes on in English."""
    visitor.post("/demo/enter/lucia")
    token = visitor.get_cookie("mx", domain="127.0.0.1").value
    visitor.secret = token
    assert 'lang="en"' in visitor.get("/today", headers={"Accept-Language": "en"}).text
    assert 'lang="es"' in visitor.get("/today", headers={"Accept-Language": "es"}).text


def come_in(visitor: Client, person: str, path: str = "") -> str:
    """Where the press "Come in as" of `person` leads."""
    answer = visitor.post(f"/demo/enter/{person}", data={"next": path})
    assert answer.status_code == 302
    visitor.secret = visitor.get_cookie("mx", domain="127.0.0.1").value
    return answer.headers["Location"]


def filled(page: str, action: str) -> dict[str, str]:
    form = next(form for form in html.fromstring(page).forms if action in form.get("action"))
    return dict(form.form_values())


def test_a_locked_page_opens_with_what_is_filled_in(visitor: Client) -> None:
    come_in(visitor, "lucia")
    with clock.at(PINNED_NOON + timedelta(minutes=20)):
        locked = visitor.get("/today")
        assert "/unlock" in locked.headers["Location"]
        page = visitor.get(locked.headers["Location"]).text
        assert visitor.post("/unlock", data=filled(page, "/unlock")).headers["Location"] == "/today"
        assert visitor.get("/today").status_code == 200


def test_the_password_before_an_export_is_filled_in_too(visitor: Client) -> None:
    come_in(visitor, "elena")
    with clock.at(PINNED_NOON + timedelta(minutes=14)):
        page = visitor.get("/confirm?next=/grants").text
        assert visitor.post("/confirm", data=filled(page, "/confirm")).status_code == 302


def test_start_again_says_when_nobody_answers(visitor: Client, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mexile.demo.place.PATIENCE", 0.2)
    visitor.post("/demo/again")
    assert "did not work" in visitor.get("/demo").text
    assert not Place(home).wish.exists()


def test_an_organization_that_was_kept_says_its_day(prepare: Callable[[], Flask]) -> None:
    with clock.at(PINNED_NOON):
        app = prepare()
        with app.app_context(), writing():
            trail.record("service.log", "S-1")
    with clock.at(PINNED_NOON + timedelta(days=3)):
        later = prepare()
        page = later.test_client().carry(later, None, None).get("/demo").text
    assert "Tue 24 Nov 2026" in page
