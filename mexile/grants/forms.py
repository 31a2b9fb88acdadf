"""The forms of grants."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.grants import rules
from mexile.grants.models import MEASURES
from mexile.services.service_type.queries import kinds
from mexile.web.fields import DayField, MoneyField, Required, SeveralField, TextField, WholeNumberField
from mexile.web.form import Form
from mexile.web.i18n import lang

MEASURE_WORDS = {
    "people": _("people, each counted once"),
    "households": _("households"),
    "acts": _("services"),
    "units": _("units"),
    "minutes": _("hours"),
    "money": _("US dollars"),
    "unnamed": _("people not named"),
}


def _types() -> list[tuple[str, str]]:
    return [(kind.code, kind.name(lang())) for kind in kinds().values()]


class AwardForm(Form):
    """An award. No type of service chosen means that all of them count."""

    beside = ("funder", "fiscal_year_month", "types")

    funder = TextField(_("Funder"), [Required()])
    title_en = TextField(_("Title in English"), [Required()])
    title_es = TextField(_("Title in Spanish"), [Required()])
    amount_cents = MoneyField(_("Amount"), [Required()], name="amount")
    from_on = DayField(_("First day"), [Required()], year="asked")
    to_on = DayField(_("Last day"), [Required()], year="asked")
    fiscal_year_month = WholeNumberField(_("Month in which the funder's year begins"), least=1, most=12)
    restricted = BooleanField(_("Only for its purpose"), default=True)
    types = SeveralField(_("Services that count"))
    version = HiddenField(default="0")

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.types.choices = _types()


class DueReportForm(Form):
    """A report that the funder awaits."""

    report_name = SelectField(_("Report"), [Required()])
    period_from = DayField(_("About the days from"), [Required()], year="asked")
    period_to = DayField(_("to"), [Required()], year="asked")
    due_on = DayField(_("Due on"), [Required()], year="next")

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.report_name.choices = rules.report_choices(lang())


class IndicatorForm(Form):
    """A promise. The target is written as it is read: hours, dollars, people."""

    en = TextField(_("What it counts, in English"), [Required()])
    es = TextField(_("What it counts, in Spanish"), [Required()])
    measure = SelectField(_("Counted in"), choices=lambda: [(m, MEASURE_WORDS[m]) for m in MEASURES])
    target = WholeNumberField(_("Target"), [Required()], least=1, most=10_000_000)
    types = SeveralField(_("Only these services"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.types.choices = _types()

    def values(self) -> dict[str, Any]:
        """As it is kept: the target in its own unit, minutes for hours and cents for dollars."""
        own_unit = {"minutes": 60, "money": 100}.get(self.measure.data, 1)
        return super().values() | {"target": int(self.target.data or 0) * own_unit}
