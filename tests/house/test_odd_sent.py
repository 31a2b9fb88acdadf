"""Whatever a hand or a robot sends to any page is answered in words, on both databases: odd numbers behind the question
mark and in hidden fields, bodies that are no form, heads that no browser writes."""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from mexile.access.roles import ROLES
from mexile.ground import keyring
from mexile.ground.db import db
from tests.clients import Client
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

NUMBERS = ["²", "9" * 20, "2147483648", "9" * 5000, "٣", "1_0"]
ASKED = re.compile(r'(?:args|values)(?:\.get(?:list)?\(|\[)"(\w+)"')
WORDS = {"q", "who", "next", "lang", "held", "act", "subject"}
"""Fields that are no number anywhere."""
BODIES: dict[str, tuple[str, bytes]] = {
    "a form without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "a form that ends too early": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf',
    ),
    "a part without a name": (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
    ),
    "thousands of fields": ("application/x-www-form-urlencoded", b"a=1&" * 300_000),
    "a form of three megabytes": ("application/x-www-form-urlencoded", b"a=" + b"x" * 3_000_000),
    "one field ten times": ("application/x-www-form-urlencoded", b"email=a&version=1&" * 10),
    "half letters": ("application/x-www-form-urlencoded", b"email=%ED%A0%80&name=%FF&version=%C2%B2&\xff\xfe=\xff"),
    "JSON": ("application/json", b'{"email": "\\ud800", "version": ' + b"[" * 10_000),
    "nothing that is known": ("\xff; charset=\xb2", b"\x00\x01"),
}
HEADS = {
    "Accept-Language": "\xb2;q=nan,*;q=1e999," + "x" * 3000,
    "Cookie": 'mx="\\377\\400; mx-donor=\xff-\xb2; lang=\xb2; mx-form; =;;',
    "User-Agent": "\xff" * 3000,
    "Accept": ";;q=\xb2",
    "If-None-Match": '"\xff',
    "If-Modified-Since": "\xb2 9999",
    "Range": "bytes=\xb2-" + "9" * 400,
    "HX-Request": "\xff",
}


@pytest.fixture
def world(make: Make) -> World:
    return World(make)


@pytest.fixture
def clients(world: World, client_as: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """A browser a role; all that they write reaches the database and is undone."""

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    ready = {role: client_as(user=world.user[role]) for role in ROLES}
    monkeypatch.setattr(db.session, "commit", undo)
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: None)
    return ready


def _pages(app: Flask, world: World, clients: dict[str, Client], wanted: str) -> Iterator[tuple[Any, str, Client]]:
    """(its route, an address of it, who may) of every page."""
    for route, method, rule in routes(app):
        role = next((role for role in ROLES if role in rule.roles), ROLES[0])
        if method == wanted:
            client = clients[role]
            client.carry(app, client.secret, client.user)
            yield route, world.address(route).partition("?")[0], client


def test_an_odd_number_behind_the_question_mark_is_no_number(
    app: Flask, world: World, clients: dict[str, Client]
) -> None:
    numbers, tried, wrong = itertools.cycle(NUMBERS), 0, []
    for route, address, client in _pages(app, world, clients, "GET"):
        view = inspect.unwrap(app.view_functions[route.endpoint])
        for name in sorted(set(ASKED.findall(inspect.getsource(inspect.getmodule(view)))) - WORDS):
            tried, number = tried + 1, next(numbers)
            if (status := client.get(address, query_string={name: number}).status_code) >= 500:
                wrong.append(f"{address}?{name}={number[:21]} gives {status}")
    assert tried > 40
    assert wrong == []


def test_an_odd_number_where_a_page_is_told_where_to_go_on_is_no_number(make: Make, client_as: Any) -> None:
    client = client_as("director", "intake", "development", "attorney")
    member = make.member(assigned=client.user)
    for number in NUMBERS:
        for address in (
            f"/members/{member.code}/consents/new?renews={number}", f"/arrivals?after=2026-01-01.{number}",
            f"/reports/shelter-arrivals/records?table=size&row={number}",
            f"/gifts?month=2026-{number}", f"/gifts?month={number}-01", f"/sheets?before=I-{number}", f"/trail?before={number}",
        ):  # fmt: skip
            assert client.get(address).status_code in (200, 302, 404), (address[:60], number[:20])
        assert client.post("/alerts/line/place", data={"id": number, "way": "up"}).status_code in (302, 404, 422), (
            number[:20]
        )
        assert client.post("/docket/print", data={"of": number}).status_code in (302, 404, 422), number[:20]


@pytest.mark.once
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_form_is_answered_in_words(
    app: Flask, make: Make, client_as: Any, client: Client, body: str
) -> None:
    content_type, content = BODIES[body]
    member = make.member(assigned=(staff := client_as("intake", "attorney", "development")).user)
    paths = ("/sign-in", "/give", "/give/mine", "/language", "/stripe/events")
    of_staff = (
        "/unlock",
        "/sessions",
        f"/members/{member.code}/edit",
        "/members/new",
        "/events/new",
        "/sheets",
        "/draft",
        "/gifts/search",
    )
    for browser, path in (*((client, path) for path in paths), *((staff, path) for path in of_staff)):
        answer = browser.post(path, data=content, content_type=content_type)
        assert answer.status_code < 500, path
        if "thousands" in body or "megabytes" in body:
            assert answer.status_code in (400, 413), path
            assert path == "/stripe/events" or "Nothing was changed" in answer.text, path


@pytest.mark.once
@pytest.mark.parametrize("head", HEADS)
def test_a_head_that_no_browser_writes_breaks_nothing(client_as: Any, head: str) -> None:
    staff = client_as("intake", "attorney", "development")
    for path in ("/", "/today", "/members", "/give", "/give/mine", "/sign-in", "/static/css/app.css", "/nowhere"):
        assert staff.get(path, headers={head: HEADS[head]}).status_code < 500, path


@pytest.mark.once
def test_whoever_asks_with_head_gets_what_get_says(app: Flask, world: World, clients: dict[str, Client]) -> None:
    """On the pages that take a form as well: only there could a view mistake one for the other."""
    wrong = []
    of_forms = (page for page in _pages(app, world, clients, "GET") if "POST" in page[0].methods)
    for route, address, client in itertools.islice(of_forms, 0, None, 6):
        asked, told = client.get(address), client.head(address)
        if (asked.status_code, told.data) != (told.status_code, b""):
            wrong.append(f"{route.rule}: {asked.status_code}, {told.status_code}")
    assert wrong == []
