"""Forms of going in and coming out: two big buttons, and an hour for who writes it down later."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.custody.presence.rules import MINUTES
from mexile.web.fields import ChoiceField, TimeField, chosen_number
from mexile.web.form import Form

_OFF = {"autocomplete": "off"}


def _minutes() -> list[tuple[int, str]]:
    words = {
        30: gettext("half an hour"),
        60: gettext("an hour"),
        90: gettext("an hour and a half"),
        120: gettext("two hours"),
        180: gettext("three hours"),
        240: gettext("four hours"),
    }
    return [(minutes, words[minutes]) for minutes in MINUTES]


class EntryForm(Form):
    """They go in: how long it takes, and since when if not now."""

    minutes = SelectField(_("Out again after"), choices=_minutes, default=90, coerce=chosen_number)
    at = TimeField(_("In since, if not now"), render_kw=_OFF)


class ExitForm(Form):
    """They are out, or are expected later."""

    out_at = TimeField(_("Out since, if not now"), render_kw=_OFF)
    minutes = SelectField(_("Still in, for"), choices=_minutes, default=30, coerce=chosen_number)


class ReadinessForm(Form):
    """Why something isn't needed."""

    reason = ChoiceField(_("Why not needed?"), vocabulary="readiness_reason")
