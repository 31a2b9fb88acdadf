"""The forms of places and judges: what people fill in, and a list to paste."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from mexile.cases.models.judge import Judge
from mexile.cases.models.place import Place
from mexile.cases.queries.places import place_choices
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
    chosen_number,
)
from mexile.web.form import Form
from mexile.web.i18n import lang

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

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or None for name in PLACE_FIELDS}


PLACE_FIELDS = (
    "name",
    "name_es",
    "kind",
    "zone",
    "country",
    "state",
    "circuit",
    "office_code",
    "address",
    "phone",
    "verified_on",
)


def values_of_place(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in PLACE_FIELDS} | {"state": place.state or ""}


class PlacesForm(Form):
    """Several places at once, a line each, as they lie in a spreadsheet."""

    lines = LongTextField(_("Places"), [Required()], most=40_000, free_note=False)


def _courts() -> list[tuple[int | str, str]]:
    return [("", "—"), *place_choices(lang(), ("court",))]


class JudgeForm(Form):
    """What is published of a judge, with where it was published."""

    name = TextField(_("Name, or how the judge is called here"), [Required()], most=120)
    place_id = SelectField(_("Court"), choices=_courts, coerce=chosen_number, default="")
    appointed_on = DayField(_("Appointed on"))
    administration = ChoiceField(_("Appointed under"), vocabulary="administration")
    background = LongTextField(_("Background, as published"), most=1000, free_note=False)
    source = TextField(_("Published where"), most=300)
    source_on = DayField(_("Read there on"))
    version = HiddenField()

    def validate_source(self, field: TextField) -> None:
        if not field.data and (self.background.data or self.appointed_on.data or self.administration.data):
            raise ValidationError(gettext("What is said of a judge needs where it was published."))

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or None for name in JUDGE_FIELDS}


JUDGE_FIELDS = ("name", "place_id", "appointed_on", "administration", "background", "source", "source_on")


def values_of_judge(judge: Judge) -> dict[str, Any]:
    found = {name: getattr(judge, name) for name in JUDGE_FIELDS}
    return found | {"place_id": judge.place_id or "", "administration": judge.administration or ""}
