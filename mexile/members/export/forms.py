"""Saving a list under a name, and taking one out of the house."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField

from mexile.access.viewer import Viewer
from mexile.members.export.rules import COLUMNS, NAMING
from mexile.web.fields import ChoiceField, Required, SeveralField, TextField
from mexile.web.form import Form

COLUMN_WORDS = {
    "code": _("Code"),
    "name": _("Name"),
    "status": _("Status"),
    "profile": _("Why at risk"),
    "gender": _("Gender"),
    "birth_year": _("Year of birth"),
    "nationality": _("Nationality"),
    "origin_state": _("Comes from"),
    "language": _("Language"),
    "arrived_on": _("Arrived on"),
    "joined_on": _("With us since"),
    "last_service_on": _("Last service"),
}


class ViewForm(Form):
    """The list as it is asked for now, under a name."""

    title = TextField(_("Save this list as"), [Required()], most=60)
    shared = BooleanField(_("for everybody of the team"))
    asked = HiddenField()


class ExportForm(Form):
    """What leaves, for whom, and why."""

    purpose = ChoiceField(_("What is it for?"), [Required()], vocabulary="consent_scope")
    audience = ChoiceField(_("Who receives it?"), [Required()], vocabulary="consent_audience")
    reason = ChoiceField(_("Why do you take it?"), [Required()], vocabulary="export_reason")
    columns = SeveralField(_("Columns"), choices=lambda: columns_for(g.viewer))
    asked = HiddenField()


def columns_for(viewer: Viewer) -> list[tuple[str, Any]]:
    """The columns that this viewer may choose; the code is always there, names are for the roles that may."""
    allowed = [name for name in COLUMNS if name != "code" and (name not in NAMING or viewer.sees_all_members)]
    return [(name, COLUMN_WORDS[name]) for name in allowed]
