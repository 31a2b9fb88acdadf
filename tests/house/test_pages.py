"""Every page: its template compiles, it has a title, one h1, no style or script of its own,
and every word on it went through the translations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_babel
import pytest
from flask import Flask, g
from lxml import html
from sqlalchemy import Text, select
from werkzeug.test import TestResponse

from mexile.access.organization.rules import zones
from mexile.access.roles import ROLES
from mexile.ground import seal
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import Term, vocabulary
from mexile.web.page import render
from tests.clients import Client
from tests.house.both import Known, spanish_data
from tests.house.canaries import sealed_models
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

ROOT = Path(__file__).parents[2]
SPOKEN = ("title", "aria-label", "placeholder", "alt", "value", "label")
SILENT = {"script", "style", "code", "pre"}
LEFT, RIGHT = "⟦", "⟧"
WORD = re.compile(r"[^\W\d_]{3,}")
DOTTED = re.compile(r"[\w.+-]+@[\w.-]+|\b[a-z_]+\.[a-z_]+\b")
CODE = re.compile(r"\b[a-z]+/[a-z_]+\b|\b[a-z]{1,2}-[0-9a-z]+\b|[\w.+-]+@[\w.-]+|https?://\S+|\b[0-9a-f]{12,}\b")


@pytest.mark.once
def test_every_template_compiles(app: Flask) -> None:
    names = app.jinja_env.list_templates(extensions=["html", "txt"])
    assert len(names) > 10
    for name in names:
        if name.startswith("demo/standin/"):
            continue  # pages of another program, which has filters of its own
        app.jinja_env.get_template(name)


def pages(
    app: Flask, world: World, client_as: Callable[..., Client], client: Client, language: str = "es"
) -> Iterator[tuple[str, TestResponse]]:
    """Every page that answers a GET, for every role that may open it."""
    people: list[tuple[str | None, Client]] = [(None, client)]
    people += [(role, client_as(user=world.user[role])) for role in ROLES]
    for role, browser in people:
        for route, method, rule in routes(app):
            if method != "GET" or (role not in rule.roles and not (rule.public and role is None)):
                continue
            for address in world.addresses(route, "assigned", role or "director"):
                answer = browser.get(f"{address}?lang={language}" if role is None else address)
                if answer.mimetype == "text/html" and answer.status_code == 200 and answer.text.strip():
                    yield f"{address} for {role}", answer


@pytest.mark.once
def test_every_page_has_a_title_one_heading_its_language_and_nothing_inline(
    app: Flask, make: Make, client: Client, client_as: Callable[..., Client]
) -> None:
    wrong = []
    for name, answer in pages(app, World(make), client_as, client):
        page = html.fromstring(answer.text)
        if page.tag != "html":
            continue  # a part of a page, fetched by one that is open
        if not (page.findtext(".//title") or "").strip():
            wrong.append(f"{name}: no title")
        if len(page.findall(".//h1")) != 1:
            wrong.append(f"{name}: {len(page.findall('.//h1'))} h1")
        if page.get("lang") not in ("en", "es"):
            wrong.append(f"{name}: no language")
        if page.xpath("//*[@style] | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"):
            wrong.append(f"{name}: a style or script of its own")
    assert not wrong, "\n".join(wrong)


# ---- every word passed through the translations --------------------------------


class _Pseudo:
    """A language in which every translated word stands in brackets."""

    def ugettext(self, text: str) -> str:
        return f"{LEFT}{text}{RIGHT}"

    def ungettext(self, one: str, many: str, number: int) -> str:
        return f"{LEFT}{one if number == 1 else many}{RIGHT}"

    def upgettext(self, context: str, text: str) -> str:
        return self.ugettext(text)

    gettext, ngettext = ugettext, ungettext


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gettext answers in brackets, and so do words that carry both languages in place."""
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda domain: _Pseudo())
    monkeypatch.setattr(Term, "name", lambda term, lang: f"{LEFT}{term.es}{RIGHT}")
    monkeypatch.setattr(Both, "text", lambda words, lang: f"{LEFT}{words.es}{RIGHT}")
    monkeypatch.setattr(Problem, "text", lambda problem, lang: f"{LEFT}{problem.es}{RIGHT}")


def _values(app: Flask) -> set[str]:
    """What stands in the database, opened: names of the world, no page's own words."""
    found = {"mexile", "a test", "day", "people", "from", "door.csv"}
    found.add("min")  # of time
    found |= set(zones("es").values())  # as Unicode calls them
    found |= {one.more["short_es"] for one in vocabulary("deadline_trigger").values()}  # of a reckoned example
    found.add("Gift receipt")  # the title of a receipt is in the giver's language
    with app.app_context(), seal.silent():
        for table in db.metadata.sorted_tables:
            columns = [column for column in table.columns if isinstance(column.type, Text)]
            for row in db.session.execute(select(*columns)) if columns else ():
                found |= {value for value in row if value and len(value) < 500}
        for model, attributes in sealed_models():
            for row in db.session.scalars(select(model)):
                found |= {getattr(row, name) for name in attributes if row.key_id and getattr(row, name)}
    return found


def _spoken(page: Any) -> Iterator[str]:
    for code in page.xpath("//span[@class='nowrap']"):
        code.drop_tag()  # a code kept whole is a part of its sentence
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in SILENT or _is_of_one_language(element):
            continue
        yield element.text or ""
        yield from (child.tail or "" for child in element)
        for name in SPOKEN:
            # What a <button> says is its text; its value is a code that nobody sees.
            if name == "value" and (element.tag == "button" or element.get("type") not in ("submit", "button")):
                continue
            yield element.get(name) or ""


def _is_of_one_language(element: Any) -> bool:
    """A sentence or a receipt whose language is its own, whatever the page's is."""
    return any(one.get("lang") and one.tag != "html" for one in (element, *element.iterancestors()))


def _unspoken(text: str, known: Known) -> str:
    before = None
    while before != text:
        before, text = text, re.sub(rf"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}", " ", text)
    if not WORD.search(text):
        return ""
    return " ".join(WORD.findall(CODE.sub(" ", known.without(DOTTED.sub(" ", text)))))


@pytest.mark.once
def test_every_word_on_every_page_went_through_the_translations(
    app: Flask, make: Make, client: Client, client_as: Callable[..., Client], pseudo: None
) -> None:
    world = World(make, language="es")
    known = Known(_values(app) | spanish_data())
    plain: dict[str, str] = {}
    heard: set[str] = set()
    for name, answer in pages(app, world, client_as, client):
        for text in set(_spoken(html.fromstring(answer.text))) - heard:
            heard.add(text)
            left = _unspoken(text, known)
            if left:
                plain.setdefault(left, f"{name} in {text.strip()[:60]!r}")
    assert len(heard) > 500
    assert not plain, "\n".join(f"{name}: {left}" for left, name in plain.items())


@pytest.mark.once
def test_every_word_of_every_error_went_through_the_translations(app: Flask, pseudo: None) -> None:
    known = Known(_values(app) | spanish_data())
    names = app.jinja_env.list_templates(filter_func=lambda name: name.startswith("errors/"))
    assert len(names) > 5
    for name in names:
        with app.test_request_context("/?lang=es", base_url="http://127.0.0.1:8080"):
            g.viewer, g.csrf_token = None, "word"
            page = html.fromstring(render(name, problems=[], problem=None, number="0a1b2c3d"))
        left = [_unspoken(text, known) for text in _spoken(page)]
        assert not any(left), f"{name}: {left}"
