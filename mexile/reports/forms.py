"""The form above a report: over which days, for whom, for which grant."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from mexile.grants.award.queries import awards
from mexile.ground import organization
from mexile.web.fields import DayField, Required
from mexile.web.form import Form
from mexile.web.i18n import lang


def _grants() -> list[tuple[str, str]]:
    """Every grant by its code, and none first, which counts all services."""
    found = awards(g.viewer, organization.today())
    return [("", gettext("all services")), *((one.code, f"{one.code} {one.title(lang())}") for one in found)]


class PeriodForm(Form):
    """Filled from the address of the page: it changes nothing."""

    on_from = DayField(_("From"), [Required()], name="from")
    on_to = DayField(_("To"), [Required()], name="to")
    grant = SelectField(_("Grant"), choices=_grants, name="grant")

    def __init__(self, sent: MultiDict[str, str], first: date, last: date, **values: Any) -> None:
        filled = MultiDict(sent)
        filled.setdefault("from", first.isoformat())
        filled.setdefault("to", last.isoformat())
        filled.setdefault("grant", "")
        super().__init__(filled, **values)
