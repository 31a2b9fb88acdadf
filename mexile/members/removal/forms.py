"""Removal at a person's request, and the legal hold that stops it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, Required
from mexile.web.form import Form


class RemovalForm(Form):
    """The person wants to be removed, and how they said so."""

    reason = ChoiceField(_("How did they say so?"), [Required()], vocabulary="erase_reason")


class HoldForm(Form):
    """The law obliges us to keep the record for now, and why."""

    reason = ChoiceField(_("Why must we keep it?"), [Required()], vocabulary="hold_reason")
