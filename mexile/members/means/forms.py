"""The forms of the means to live: every field may stay empty."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField, WholeNumberField
from mexile.web.form import OWN, Form

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


class MeansForm(Form):
    """What the household lives on until somebody may work. Asked kindly, never required."""

    keeps_draft = True

    asked_on = DayField(_("Day on which they told us"), render_kw=_TEXT_OFF)
    host_kind = ChoiceField(_("Who receives them"), vocabulary="host_kind")
    host = TextField(_("Name or place, if they want to say"), most=120, render_kw=_TEXT_OFF)
    roof_until = DayField(_("A roof until"), render_kw=_TEXT_OFF, year="next")
    eaters = WholeNumberField(_("Who eats at the table, how many"), least=1, most=60, render_kw=_TEXT_OFF)
    weeks_covered = WholeNumberField(_("Weeks that are covered"), least=0, most=520, render_kw=_TEXT_OFF)
    permit_on = DayField(_("Earliest day of a work permit"), render_kw=_TEXT_OFF, year="asked")
    permit_source = ChoiceField(_("How we know that day"), vocabulary="permit_source")
    note = LongTextField(_("Anything else"), most=500, render_kw={"rows": "3", "autocomplete": "off"})

    def values(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name not in OWN}


class PromiseForm(Form):
    """Somebody promised support until a day."""

    who = TextField(_("Who promised"), [Required()], most=120, render_kw=_TEXT_OFF)
    kind = ChoiceField(_("What for"), [Required()], vocabulary="promise_kind")
    what = TextField(_("In their words"), most=200, render_kw=_TEXT_OFF)
    from_on = DayField(_("From"), render_kw=_TEXT_OFF, year="asked")
    until_on = DayField(_("Until and with"), [Required()], render_kw=_TEXT_OFF, year="next")

    def values(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name not in OWN}
