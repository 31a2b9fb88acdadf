"""Two people changed one record: what each field holds now, beside what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from wtforms import SelectField

from mexile.ground import dates
from mexile.web.fields import Typed
from mexile.web.form import Form
from mexile.web.i18n import lang


@dataclass(frozen=True)
class Difference:
    """One field of which two versions exist."""

    field: str
    label: str
    typed: str
    stands: str


def differences(form: Form, stands: dict[str, Any]) -> list[Difference]:
    """The fields whose typed value differs from what stands in the record now, in the form's order."""
    differences = []
    for name, field in form.typed().items():
        if name not in stands:
            continue
        typed, current = said(field, field.data), said(field, stands[name])
        if typed != current:
            differences.append(Difference(field.name, str(field.label.text), typed, current))
    return differences


def keep_standing(form: Form, stands: dict[str, Any]) -> None:
    """Take what stands in the record for the fields that were ticked so, and what was typed for the others."""
    theirs = request.form.getlist("theirs")
    for name, field in form.typed().items():
        if field.name in theirs and name in stands:
            field.data = stands[name]


def not_theirs(form: Form) -> dict[str, Any]:
    """What was typed, without the fields that were ticked to stay as they stand in the record."""
    theirs = request.form.getlist("theirs")
    stay = {name for name, field in form.typed().items() if field.name in theirs}
    return {name: value for name, value in form.values().items() if name not in stay}


def said(field: Any, value: Any) -> str:
    """The value of a field as a person reads it."""
    if not value:
        return ""
    if isinstance(value, list | tuple):
        known = _labels(field)
        return ", ".join(sorted(str(known.get(item, item)) for item in value))
    if isinstance(value, date):
        return dates.format_day(value, lang())
    if isinstance(field, Typed):
        return field.write(value)
    if isinstance(value, bool):
        return gettext("yes")
    if isinstance(field, SelectField):
        return str(_labels(field).get(value, value))
    return str(value)


def _labels(field: Any) -> dict[Any, Any]:
    """value -> label of a field with choices; of another field none."""
    return {value: label for value, label, *_ in field.iter_choices()} if isinstance(field, SelectField) else {}
