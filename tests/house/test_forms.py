"""Every form of every page answers nonsense in words: nothing that is typed breaks a page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from lxml import html

from mexile.access.roles import ROLES
from mexile.ground import keyring
from mexile.ground.db import db
from mexile.web.form import OWN
from tests.clients import Client
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

NONSENSE = [
    "9999-12-31",
    "0001-01-01",
    "9" * 40,
    "2147483648",
    "\0",
    "\u202eabc",
    "25:99",
    "NaN",
    "٣",
    "😀" * 5000,
    "-1",
    "24:00",
    "²",
    "9" * 20,
]
LEFT_ALONE = ("/sign-out", "/sessions", "/language", "/unlock")


def forms_of(page: str, address: str) -> Iterator[tuple[str, dict[str, str], list[str]]]:
    """(where it goes, what it holds, the fields that one types or chooses in) of the forms of a page."""
    for form in html.fromstring(page).iter("form"):
        action = form.get("action") or address
        if (form.get("method") or "get").lower() != "post" or action.startswith(LEFT_ALONE):
            continue
        held: dict[str, str] = {}
        typed: list[str] = []
        for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
            kind = field.get("type", "text") if field.tag == "input" else field.tag
            if kind == "hidden":
                held[field.get("name")] = field.get("value") or ""
            elif kind != "file":
                typed.append(field.get("name"))
        yield action, held, list(dict.fromkeys(typed))


@pytest.mark.once
def test_every_form_answers_nonsense_in_words(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(make)
    clients = {role: client_as(user=world.user[role]) for role in ROLES}

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", undo)
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: None)
    nonsense, tried, wrong = itertools.cycle(NONSENSE), set(), []
    for action, held, typed, client in _every_form(app, world, clients):
        kind = (re.sub(r"\d+", "#", action), tuple(typed))
        if kind in tried:
            continue
        tried.add(kind)
        hidden = [name for name in held if name not in OWN]
        for odd in ([], [], hidden)[: 3 if hidden else 2]:
            data = {**held, **{name: next(nonsense) for name in (*typed, *odd)}}
            client.carry(app, client.secret, client.user)
            if (status := client.post(action, data=data).status_code) >= 500:
                wrong.append(f"{action} gives {status} for { {name: data[name][:20] for name in (*typed, *odd)} }")
    assert len(tried) > 100
    assert wrong == []


def _every_form(
    app: Flask, world: World, clients: dict[str, Client]
) -> Iterator[tuple[str, dict[str, str], list[str], Any]]:
    seen: set[str] = set()
    for role in ("attorney", "director", "intake", "administrator", "development"):
        for route, method, rule in routes(app):
            if method != "GET" or role not in rule.roles or route.rule in seen:
                continue
            for address in world.addresses(route, "assigned", role)[:1]:
                clients[role].carry(app, clients[role].secret, clients[role].user)
                answer = clients[role].get(address)
                if answer.mimetype == "text/html" and answer.status_code == 200 and answer.text.strip():
                    seen.add(route.rule)
                    yield from ((*form, clients[role]) for form in forms_of(answer.text, address))
