"""The form of a judge."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from mexile.cases.place.queries import place_choices
from mexile.web.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    Required,
    TextField,
    chosen_number,
)
from mexile.web.form import Form
from mexile.web.i18n import lang


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
