"""The small forms beside a member: who walks along, closure, household."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.members.place_lived.forms import _OFF
from mexile.web.fields import (
    ChoiceField,
    DayField,
    Required,
)
from mexile.web.form import Form


class ClosureForm(Form):
    """We no longer accompany the member, and why."""

    reason = ChoiceField(_("Why"), [Required()], vocabulary="closure_reason")


class PauseForm(Form):
    """Why we wait with a person, and until when."""

    reason = ChoiceField(_("Why"), [Required()], vocabulary="pause_reason")
    until_on = DayField(_("Ask again on"), render_kw=_OFF, year="next")
