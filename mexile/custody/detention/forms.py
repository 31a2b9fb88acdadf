"""The forms of a detention, a transfer, and its end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.custody.alert.forms import places
from mexile.web.fields import ChoiceField, DayField, LongTextField, chosen_number
from mexile.web.form import Form

_OFF = {"autocomplete": "off"}


class DetentionForm(Form):
    """Since when, by whom, where."""

    from_on = DayField(_("Detained on"), render_kw=_OFF)
    held_by = ChoiceField(_("Held by"), vocabulary="held_by", empty=False)
    place_id = SelectField(_("Place"), choices=places, default="", coerce=chosen_number)
    note = LongTextField(_("What is known of it"), most=1000, render_kw={"rows": "3"})


class TransferForm(Form):
    """To which place, since which day."""

    place_id = SelectField(_("To which place"), choices=places, default="", coerce=chosen_number)
    on = DayField(_("Since"), render_kw=_OFF)


class EndForm(Form):
    """How it ended, and when."""

    how = ChoiceField(_("How did it end?"), vocabulary="detention_end", empty=False)
    on = DayField(_("On"), render_kw=_OFF)
