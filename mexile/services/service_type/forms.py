"""What the director says of a type of service."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import ValidationError

from mexile.services.service.forms import DurationField
from mexile.services.service_type.rules import words_of
from mexile.web.fields import ChoiceField, Required, TextField
from mexile.web.form import Form


class WordsField(TextField):
    """Words separated by commas, each once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = ", ".join(words_of(self.data or ""))


class TypeForm(Form):
    """Each field under the name of its column."""

    version = HiddenField()
    en = TextField(_("Name in English"), [Required()], most=80)
    es = TextField(_("Name in Spanish"), [Required()], most=80)
    category = ChoiceField(_("Chapter"), [Required()], vocabulary="service_category")
    unit = ChoiceField(_("Counted in"), [Required()], vocabulary="service_unit")
    counts = ChoiceField(_("How many of it"), vocabulary="service_count", empty=False, default="act")
    minutes = DurationField(_("Usually takes"), [Required()], default=30)
    place = ChoiceField(_("Usually where"), vocabulary="service_place", empty=False, default="office")
    mode = ChoiceField(_("Usually how"), vocabulary="service_mode", empty=False, default="in_person")
    words_en = WordsField(_("Words for the log, English"), most=300)
    words_es = WordsField(_("Words for the log, Spanish"), most=300)

    def values(self) -> dict[str, Any]:
        return super().values() | {name: self[name].data or "" for name in ("words_en", "words_es")}

    def validate_en(self, field: TextField) -> None:
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError(gettext("Write a name in words."))
