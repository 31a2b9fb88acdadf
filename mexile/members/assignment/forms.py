"""The forms by which somebody is assigned to a member, and released."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.access.account.forms import team
from mexile.web.fields import ChoiceField, Required, chosen_number
from mexile.web.form import Form


class AssignmentForm(Form):
    """Somebody is assigned to the member, and why."""

    user_id = SelectField(_("Who"), [Required()], choices=team, default="", coerce=chosen_number)
    reason = ChoiceField(_("Why"), [Required()], vocabulary="assignment_reason")


class ReleaseForm(Form):
    """Somebody is no longer assigned to the member, and why."""

    reason = ChoiceField(_("Why"), [Required()], vocabulary="release_reason")
