"""The form for a place in a household."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, CodeField, Required
from mexile.web.form import Form


class HouseholdForm(Form):
    """A person's place in a household; ``who`` is the person's code."""

    who = CodeField(_("Person"))
    role = ChoiceField(_("Place in the household"), [Required()], vocabulary="household_role")
