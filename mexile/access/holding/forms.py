"""The form by which colleagues take what somebody holds."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.access.account.forms import team
from mexile.web.fields import chosen_number
from mexile.web.form import Form


class HandOverForm(Form):
    """Who takes what somebody holds; each thing has a choice of its own beside it."""

    everything = SelectField(_("Who takes all that is left"), choices=team, coerce=chosen_number, default="")
