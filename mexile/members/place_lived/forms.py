"""The form of a place lived."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, LongTextField, Required, RoughDayField, TextField
from mexile.web.form import Form

_OFF = {"autocomplete": "off", "spellcheck": "false"}


class PlaceLivedForm(Form):
    """Where a person lived after the first threat."""

    keeps_draft = True

    state = ChoiceField(_("State in Mexico"), [Required()], vocabulary="mx_state")
    town = TextField(_("Municipality or town"), most=120, render_kw=_OFF)
    from_on = RoughDayField(_("From"), render_kw=_OFF)
    to_on = RoughDayField(_("To"), render_kw=_OFF)
    happened = LongTextField(_("What happened there"), most=4000, render_kw={"rows": "4"})
    found = LongTextField(_("How they were found"), most=4000, render_kw={"rows": "4"})

    def values(self) -> dict[str, Any]:
        sealed = {name: self[name].data or None for name in ("town", "happened", "found")}
        return {"state": self.state.data, "from_on": self.from_on.data, "to_on": self.to_on.data, **sealed}
