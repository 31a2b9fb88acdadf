"""Two people changed one record of a person: a telephone is shown as one dials it."""

from __future__ import annotations

from typing import Any

from mexile.members.rules.person import normal_phone, shown_phone
from mexile.web import stale
from mexile.web.form import Form
from mexile.web.stale import Difference, keep_standing

__all__ = ["Difference", "differences", "keep_standing"]


def differences(form: Form, stands: dict[str, Any]) -> list[Difference]:
    """The fields whose typed value differs from what stands in the record now, in the form's order."""
    return stale.differences(form, stands, _said)


def _said(field: Any, value: Any) -> str:
    if value and field.name == "phone":
        number = normal_phone(value)
        return shown_phone(number) if number else str(value)
    return stale.said(field, value)
