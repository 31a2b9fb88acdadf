"""Every field of every form brings up the keypad of what is typed in it, and is filled with nobody else's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from lxml import html
from wtforms.fields.core import UnboundField

from mexile.web import fields
from mexile.web.form import Form
from mexile.web.keypads import DayInput, Keypad

NAMES = {"email": r"(^|_)e?mail$", "tel": r"(^|_)(phone|telephone)(_|$)", "decimal": r"_cents$", "day": r"(_on|_date)$"}
"""What the name of a field says that it is."""


def every_field() -> Iterator[tuple[str, UnboundField]]:
    """(Form.field, field) of every form of the program."""
    forms = [Form]
    for form in forms:
        forms += form.__subclasses__()
        for name in dir(form):
            field = getattr(form, name)
            if isinstance(field, UnboundField):
                yield f"{form.__module__}.{form.__name__}.{name}", field


def drawn(field: UnboundField) -> html.HtmlElement:
    class Alone(Form):
        probe = field

    return html.fromstring(f"<div>{Alone().probe()}</div>")


@pytest.mark.once
def test_a_field_brings_up_the_keypad_of_what_it_takes(app: Flask) -> None:
    wanted = {
        fields.EmailField: ("type", "email"),
        fields.PhoneField: ("type", "tel"),
        fields.MoneyField: ("inputmode", "decimal"),
        fields.WholeNumberField: ("inputmode", "numeric"),
    }
    wrong, seen = [], 0
    with app.test_request_context():
        for name, field in every_field():
            for kind, (attribute, value) in wanted.items():
                if issubclass(field.field_class, kind):
                    box, seen = drawn(field).find(".//input"), seen + 1
                    if box.get(attribute) != value or not box.get("autocomplete"):
                        wrong.append(f"{name}: {html.tostring(box)!r}")
            if issubclass(field.field_class, fields.DayField | fields.RoughDayField):
                day, seen = drawn(field).find(".//pick-day"), seen + 1
                if day is None or not day.get("label") or day.find("input").get("inputmode"):
                    wrong.append(f"{name}: no calendar, or a keypad without letters")
    assert seen > 100 and wrong == []


@pytest.mark.once
def test_what_is_called_an_address_a_telephone_a_sum_or_a_day_is_one(app: Flask) -> None:
    wrong = []
    with app.test_request_context():
        for name, field in every_field():
            for kind, pattern in NAMES.items():
                if re.search(pattern, name.rsplit(".", 1)[1]) and not _is(kind, field):
                    wrong.append(f"{name} is no field of kind {kind}")
    assert wrong == []


def _is(kind: str, field: UnboundField) -> bool:
    if field.field_class.__name__ in ("HiddenField", "BooleanField", "RadioField", "SelectField", "ChoiceField"):
        return True
    widget = field.kwargs.get("widget") or field.field_class.widget
    if kind == "day":
        return isinstance(widget, DayInput)
    return isinstance(widget, Keypad) and kind in (widget.input_type, widget.attributes.get("inputmode"))
