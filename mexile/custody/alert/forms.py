"""Forms of the alert: who and where, the line, how it ended."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from mexile.access.account.forms import team
from mexile.custody.detention.queries import places_of_custody
from mexile.ground.text import clean_line
from mexile.web import keypads
from mexile.web.fields import ChoiceField, CodeField, Required, TextField, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang

_OFF = {"autocomplete": "off", "spellcheck": "false"}


def places() -> list[tuple[int | str, str]]:
    return [("", "—"), *((place.id, place.called(lang())) for place in places_of_custody())]


class AlertForm(Form):
    """Two fields. `who` is what was typed, `member` the code of somebody who was picked, `asked` for which words."""

    member = HiddenField()
    asked = HiddenField()
    who = TextField(_("Who?"), most=120, render_kw=_OFF)
    last_seen = TextField(_("Where last seen?"), most=200, render_kw=_OFF)

    @property
    def picked(self) -> str | None:
        """Who was picked. Not who stood there for the words before: the last ones were quicker than the answer."""
        if self.asked.data is not None and clean_line(self.asked.data) != (self.who.data or "")[:80].strip():
            return None
        return self.member.data or None


class LineForm(Form):
    """Somebody is told from now on, at this number."""

    user_id = SelectField(_("Who"), choices=team, default="", coerce=chosen_number)
    phone = TextField(_("Telephone"), most=40, widget=keypads.PHONE, render_kw=_OFF)


class IdentifyForm(Form):
    """Who it is, by code."""

    member = CodeField(_("The person's code"), [Required()], render_kw=_OFF)


class ResolutionForm(Form):
    """How it ended, and where the person is, if that is known."""

    kind = ChoiceField(_("How did it end?"), vocabulary="alert_resolution", empty=False)
    place_id = SelectField(_("Where, if we know"), choices=places, default="", coerce=chosen_number)
