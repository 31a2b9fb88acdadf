"""The forms that say who is needed at a date, ask somebody to accompany, and take the answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.cases.event.forms import companions
from mexile.web.fields import (
    ChoiceField,
    Required,
    WholeNumberField,
    chosen_number,
)
from mexile.web.form import Form


class CompanionForm(Form):
    """Who is asked to accompany, and as what."""

    user_id = SelectField(_("Who"), [Required()], choices=companions, coerce=chosen_number, default="")
    role = ChoiceField(_("As what"), [Required()], vocabulary="event_companion", default="accompanier")


class AnswerForm(Form):
    """Why somebody can't come, if they say so."""

    reason = ChoiceField(_("Why not?"), vocabulary="companion_refusal")


class NeedForm(Form):
    """How many of each role a date needs; an empty field says that nobody counted."""

    accompanier = WholeNumberField(_("Companions"), least=0, most=20)
    driver = WholeNumberField(_("Drivers"), least=0, most=20)
    interpreter = WholeNumberField(_("Interpreters"), least=0, most=20)
    observer = WholeNumberField(_("Observers"), least=0, most=20)
    childcare = WholeNumberField(_("For the children"), least=0, most=20)
