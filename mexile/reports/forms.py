"""The form above a report: over which days, for whom, for which grant."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from mexile.web.fields import CodeField, DayField, Required
from mexile.web.form import Form


class PeriodForm(Form):
    """Filled from the address of the page: it changes nothing."""

    on_from = DayField(_("From"), [Required()], name="from")
    on_to = DayField(_("To"), [Required()], name="to")
    grant = CodeField(_("Grant"), name="grant")

    def __init__(self, sent: MultiDict[str, str], first: date, last: date, **values: Any) -> None:
        filled = MultiDict(sent)
        filled.setdefault("from", first.isoformat())
        filled.setdefault("to", last.isoformat())
        super().__init__(filled, **values)
