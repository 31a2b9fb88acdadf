"""The form of a report that is due."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.grants.due_report.rules import report_choices
from mexile.web.fields import DayField, Required
from mexile.web.form import Form
from mexile.web.i18n import lang


class DueReportForm(Form):
    """A report that the funder awaits."""

    report_name = SelectField(_("Report"), [Required()])
    period_from = DayField(_("About the days from"), [Required()], year="asked")
    period_to = DayField(_("to"), [Required()], year="asked")
    due_on = DayField(_("Due on"), [Required()], year="next")

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.report_name.choices = report_choices(lang())
