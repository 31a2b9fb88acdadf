"""The form of an entry into the United States."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from mexile.members.place_lived.forms import _OFF
from mexile.web.fields import ChoiceField, Required, RoughDayField
from mexile.web.form import Form


class EntryForm(Form):
    """An entry that has happened. ``sure`` answers a doubt that was shown."""

    manner = ChoiceField(_("How they came in"), [Required()], vocabulary="manner_of_entry")
    on = RoughDayField(_("Day of entry"), render_kw=_OFF)
    sure = BooleanField(_("I looked at it again: save it so"))
