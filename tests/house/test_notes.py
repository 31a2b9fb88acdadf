"""What nobody is asked and nobody should write: how a person plans to cross, and what was paid to whom."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from wtforms import Field

import mexile
from mexile.ground.db import db
from mexile.web.fields import LongTextField
from mexile.web.form import Form

pytestmark = pytest.mark.once
TELL_OF_NOBODY = {
    ("mexile.members.intake.forms", "address"),
    ("mexile.members.detail.forms", "other_names"),
    ("mexile.sheets.mapping.forms", "text"),
    ("mexile.gifts.gift.forms", "description"),
    ("mexile.gifts.receipt.forms", "address"),
    ("mexile.donors.forms", "address"),
    ("mexile.access.organization.forms", "address"),
    ("mexile.cases.place.forms", "lines"),
    ("mexile.cases.judge.forms", "background"),
    ("mexile.deadlines.rule.forms", "notes_en"),
    ("mexile.deadlines.rule.forms", "notes_es"),
}
"""Long texts that are no note about a person: addresses, what was given, a mapping, a rule of law."""
NOT_ASKED = re.compile(
    r"(^|[\W_])(cross(ing|es|ed)?|cruzar|cruces?|cruce|coyotes?|polleros?|smugglers?|ransom|rescate|extort\w*|extors\w*|cuotas?|"
    r"derecho_?de_?piso|bribes?|sobornos?|mordidas?|travel_?routes?|ruta)([\W_]|$)",
    re.IGNORECASE,
)
LINES = {
    "en": "Don't write how someone plans to cross or what they paid.",
    "es": "No escriba cómo piensa cruzar ni lo que pagó.",
}


def _forms() -> Iterator[type[Form]]:
    for module in pkgutil.walk_packages(mexile.__path__, "mexile."):
        if module.name.endswith(".forms") or ".forms." in module.name:
            importlib.import_module(module.name)
    waiting = [Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("mexile."):
            yield form


def _fields() -> Iterator[tuple[type[Form], Field]]:
    for form in _forms():
        try:
            yield from ((form, field) for field in form())
        except TypeError:
            continue  # a form that is made by a function for one sheet


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_free_note_carries_the_line(app: Flask, language: str) -> None:
    seen = 0
    with app.test_request_context(headers={"Accept-Language": language}):
        for form, field in _fields():
            if isinstance(field, LongTextField) and (form.__module__, field.name) not in TELL_OF_NOBODY:
                drawn = render_template_string('{% import "_parts/kit.html" as ui %}{{ ui.field(field) }}', field=field)
                seen += 1
                assert LINES[language] in drawn.replace("&#39;", "'"), f"{form.__module__}.{form.__name__}.{field.name}"
    assert seen


def test_no_column_and_no_field_asks_how_somebody_plans_to_cross_or_what_was_paid_to_whom(app: Flask) -> None:
    columns = [f"{table.name}.{column.name}" for table in db.metadata.sorted_tables for column in table.columns]
    assert [name for name in columns if NOT_ASKED.search(name)] == []
    for language in LINES:
        with app.test_request_context(headers={"Accept-Language": language}):
            asked = [
                f"{form.__name__}.{field.name}: {field.label.text}"
                for form, field in _fields()
                if NOT_ASKED.search(field.name) or NOT_ASKED.search(str(field.label.text))
            ]
        assert asked == []


def test_the_search_for_such_fields_would_find_one() -> None:
    for name in (
        "planned_crossing",
        "extortion_amount",
        "crossing_at",
        "cuota",
        "Paid to the coyote",
        "Cómo piensa cruzar",
    ):
        assert NOT_ASKED.search(name), name
    for name in ("bond_amount", "paid_by", "borders", "across", "manner_of_entry"):
        assert not NOT_ASKED.search(name), name
