"""The form of an award."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from mexile.services.service_type.queries import kinds
from mexile.web.fields import DayField, MoneyField, Required, SeveralField, TextField, WholeNumberField
from mexile.web.form import Form
from mexile.web.i18n import lang


def type_choices() -> list[tuple[str, str]]:
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
        self.types.choices = type_choices()
