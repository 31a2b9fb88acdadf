"""The form of a place, and a list of places to paste."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from mexile.ground import places as geography
from mexile.web.fields import (
    ChoiceField,
    CodeField,
    DayField,
    LongTextField,
    PhoneField,
    Required,
    TextField,
    WholeNumberField,
)
from mexile.web.form import Form

COUNTRIES = (("US", _("United States")), ("MX", _("Mexico")))


class PlaceForm(Form):
    """A court, an office, a place of detention."""

    name = TextField(_("Name"), [Required()], most=120)
    name_es = TextField(_("Name in Spanish"), most=120)
    kind = ChoiceField(_("What it is"), [Required()], vocabulary="place_kind")
    zone = TextField(_("Time zone"), [Required()], most=60)
    country = SelectField(_("Country"), choices=lambda: list(COUNTRIES), default="US")
    state = CodeField(_("State, two letters"), most=2)
    circuit = WholeNumberField(_("Federal circuit"), least=1, most=12)
    office_code = TextField(_("Code of the court"), most=10)
    address = TextField(_("Address"), most=200)
    phone = PhoneField(_("Telephone"))
    verified_on = DayField(_("Address and telephone verified on"))
    version = HiddenField()

    def validate_zone(self, field: TextField) -> None:
        if field.data and field.data not in available_timezones():
            raise ValidationError(gettext("This is no time zone. El Paso is America/Denver."))

    def validate_state(self, field: CodeField) -> None:
        if field.data and field.data not in geography.state_codes():
            raise ValidationError(gettext("A state of the United States has two letters, such as TX."))


class PlacesForm(Form):
    """Several places at once, a line each, as they lie in a spreadsheet."""

    lines = LongTextField(_("Places"), [Required()], most=40_000, free_note=False)
