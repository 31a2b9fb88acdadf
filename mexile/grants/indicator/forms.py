"""The form of an indicator."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.grants.award.forms import type_choices
from mexile.grants.indicator.models import MEASURES
from mexile.web.fields import Required, SeveralField, TextField, WholeNumberField
from mexile.web.form import Form

MEASURE_WORDS = {
    "people": _("people, each counted once"),
    "households": _("households"),
    "acts": _("services"),
    "units": _("units"),
    "minutes": _("hours"),
    "money": _("US dollars"),
    "unnamed": _("people not named"),
}


class IndicatorForm(Form):
    """A promise. The target is written as it is read: hours, dollars, people."""

    en = TextField(_("What it counts, in English"), [Required()])
    es = TextField(_("What it counts, in Spanish"), [Required()])
    measure = SelectField(_("Counted in"), choices=lambda: [(m, MEASURE_WORDS[m]) for m in MEASURES])
    target = WholeNumberField(_("Target"), [Required()], least=1, most=10_000_000)
    types = SeveralField(_("Only these services"))

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.types.choices = type_choices()

    def values(self) -> dict[str, Any]:
        """As it is kept: the target in its own unit, minutes for hours and cents for dollars."""
        own_unit = {"minutes": 60, "money": 100}.get(self.measure.data, 1)
        return super().values() | {"target": int(self.target.data or 0) * own_unit}
