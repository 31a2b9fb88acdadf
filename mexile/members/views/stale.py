"""Two people changed one record: what each field holds now, beside what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import SelectField

from mexile.ground import dates
from mexile.members.rules.person import normal_phone, shown_phone
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
    found = []
    for name, value in stands.items():
        field = form[name]
        typed, held = _words(field, field.data), _words(field, value)
        if typed != held:
            found.append(Difference(name, str(field.label.text), typed, held))
    return found


def _words(field: Any, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, date):
        return dates.format_day(value, lang())
    if isinstance(field, SelectField):
        return str(dict(field.choices).get(value, value))
    if field.name == "phone":
        number = normal_phone(value)
        return shown_phone(number) if number else value
    return str(value)
