"""The forms of a supervision, and its end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.custody.detention.forms import _OFF
from mexile.web.fields import ChoiceField, DayField
from mexile.web.form import Form


class SupervisionForm(Form):
    """To whom, how often, with what, from when to when."""

    kind = ChoiceField(_("Reports to"), vocabulary="supervision_kind", empty=False)
    every = ChoiceField(_("How often"), vocabulary="supervision_every", empty=False)
    monitor = ChoiceField(_("Watched by"), vocabulary="supervision_monitor", empty=False)
    from_on = DayField(_("Since"), render_kw=_OFF)
    to_on = DayField(_("Until"), render_kw=_OFF, year="asked")


class SupervisionEndForm(Form):
    """It is over since a day."""

    to_on = DayField(_("Until"), render_kw=_OFF, year="asked")
