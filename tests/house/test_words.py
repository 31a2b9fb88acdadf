"""Every word on screen has its Spanish, and one word of English has one Spanish everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import time
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import gettext
from jinja2.ext import babel_extract
from markupsafe import Markup

from mexile.ground.hours import format_hour
from mexile.web.i18n import settle
from tests.house.both import spanish_data

ROOT = Path(__file__).parents[2]
SPANISH = ROOT / "mexile" / "translations" / "es" / "LC_MESSAGES"
KEYWORDS = ["_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


# What nobody reads on a screen: British spelling, our own jargon, and the second word for one thing.
NOT_ENGLISH = re.compile(
    r"\b(organisation|cheque|enrol(?!l)|colour|favour|behaviour|centre\b|programme|recognis|authoris|walks? down"
    r"|walked with|break-glass|readiness gate|no-return|unduplicated|small cell|dead list|lybunt|sybunt|verdict"
    r"|given back|narrow\b|master reset|aliens?\b|answers for it|what came of it|those that are over"
    r"|(write|wrote) [^.]*\bdown\b)",
    re.I,
)
NOT_SPANISH = re.compile(
    r"\((a|as|o|os)\)(?!\()|\b(oprim|pulse\b|haga clic|tus?\b|tú\b|nueva consulta|una consulta que)|donativo mensual[^.]*detenid",
    re.I,
)


@cache
def messages() -> list[tuple[str, Message]]:
    found = []
    for path in sorted(SPANISH.glob("*.po")):
        with open(path, "rb") as file:
            found += [(path.name, message) for message in read_po(file, locale="es") if message.id]
    return found


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@cache
def asked() -> dict[str, str]:
    """English words that code and templates ask for -> where."""
    found: dict[str, str] = {}
    for path in [
        *(ROOT / "mexile").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "templates").rglob("*.txt"),
    ]:
        for words in _extracted(path):
            found.setdefault(words, str(path.relative_to(ROOT)))
    return found


def _extracted(path: Path) -> Iterator[str]:
    take = extract_python if path.suffix == ".py" else babel_extract
    options = {} if path.suffix == ".py" else {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
    for _line, _function, words, _comments in take(BytesIO(path.read_bytes()), KEYWORDS, [], options):
        first = words if isinstance(words, str) else next((word for word in words or () if isinstance(word, str)), None)
        if first:
            yield first


def test_every_word_that_is_asked_for_has_its_spanish() -> None:
    known = {_forms(message.id)[0] for _, message in messages()}
    missing = [
        f"{where}: {words!r}"
        for words, where in sorted(asked().items(), key=lambda pair: pair[1])
        if words not in known
    ]
    assert not missing, "\n".join(missing)


def test_no_spanish_is_empty_or_unsure() -> None:
    wrong = [
        f"{name}: {_forms(message.id)[0]!r}"
        for name, message in messages()
        if message.fuzzy or not all(form.strip() for form in _forms(message.string))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_same_english_has_the_same_spanish_in_every_file() -> None:
    found = defaultdict(set)
    for _, message in messages():
        found[_forms(message.id)[0], message.context].add(tuple(_forms(message.string)))
    wrong = [f"{words}: {sorted(spanish)}" for words, spanish in found.items() if len(spanish) > 1]
    assert not wrong, "\n".join(wrong)


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    wrong = []
    for name, message in messages():
        english = {hole for form in _forms(message.id) for hole in PLACEHOLDER.findall(form)}
        for form in _forms(message.string):
            if not set(PLACEHOLDER.findall(form)) <= english:
                wrong.append(f"{name}: {form!r}")
        if {hole for form in _forms(message.string) for hole in PLACEHOLDER.findall(form)} != english:
            wrong.append(f"{name}: {_forms(message.id)[0]!r} loses what is filled in")
    assert not wrong, "\n".join(wrong)


def test_one_thing_has_one_word_and_none_of_the_office() -> None:
    data = {word for word in spanish_data() if not word.startswith("IRC ")}
    spanish = {form for _, message in messages() for form in _forms(message.string)} | data
    wrong = [words for words in asked() if NOT_ENGLISH.search(words)]
    wrong += [words for words in spanish if NOT_SPANISH.search(words)]
    assert not wrong, "\n".join(wrong)


def test_no_spanish_is_kept_for_words_that_nobody_asks_for() -> None:
    kept = [
        f"{name}: {_forms(message.id)[0]!r}" for name, message in messages() if _forms(message.id)[0] not in asked()
    ]
    assert not kept, "\n".join(kept)


@pytest.mark.parametrize(
    ("sentence", "settled"),
    [
        ("Q. L., since 3:12 a.m.. Nobody has answered yet.", "Q. L., since 3:12 a.m. Nobody has answered yet."),
        ("Hasta las 1:30 p. m.. No la reenvíe.", "Hasta la 1:30 p. m. No la reenvíe."),
        ("Recibo de Casa Ejemplo, A.C..", "Recibo de Casa Ejemplo, A.C."),
        ("a las 11:30 p. m.", "a las 11:30 p. m."),
        ("A moment...", "A moment..."),
    ],
)
def test_a_sentence_that_ends_in_an_hour_has_one_full_stop_and_the_right_article(sentence: str, settled: str) -> None:
    assert settle(sentence) == settled and type(settle(Markup(sentence))) is Markup


@pytest.mark.once
def test_words_of_code_and_of_templates_settle(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        hour = format_hour(time(13, 30), "es")
        in_template = app.jinja_env.from_string(
            '{{ _("%(name)s raised it at %(hour)s.", name="Ana", hour=hour) }}'
        ).render(hour=hour)
        assert (
            in_template
            == gettext("%(name)s raised it at %(hour)s.", name="Ana", hour=hour)
            == "Ana avisó a la 1:30 p. m."
        )
