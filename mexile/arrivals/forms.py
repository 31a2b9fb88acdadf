"""Which arrivals: by day, country, language and destination."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.web.fields import DayField
from mexile.web.form import Form


class ArrivalsForm(Form):
    """The filter of the arrivals list; the choices are the codes that stand there."""

    from_on = DayField(_("From day"))
    to_on = DayField(_("To day"))
    country = SelectField(_("Country"), choices=list, validate_choice=False)
    language = SelectField(_("Language"), choices=list, validate_choice=False)
    destination = SelectField(_("Destination"), choices=list, validate_choice=False)

    def codes(self) -> dict[str, SelectField]:
        """The fields whose choices are codes, in the order in which the list is narrowed by them."""
        return {"country": self.country, "language": self.language, "destination": self.destination}
