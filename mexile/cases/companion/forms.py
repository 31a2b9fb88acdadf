"""The form that asks somebody to accompany people to a date."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.cases.event.forms import companions
from mexile.web.fields import (
    ChoiceField,
    Required,
    chosen_number,
)
from mexile.web.form import Form


class CompanionForm(Form):
    """Who is asked to accompany, and as what."""

    user_id = SelectField(_("Who"), [Required()], choices=companions, coerce=chosen_number, default="")
    role = ChoiceField(_("As what"), [Required()], vocabulary="event_companion", default="accompanier")
