"""The form of what else is known of a person: other names, A-numbers, nationalities, languages, profiles, harms."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from mexile.ground import places
from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary
from mexile.members.detail.queries import Details
from mexile.members.intake.forms import KnownForm
from mexile.members.person.models import Member
from mexile.members.person.rules import normal_a_number, shown_a_number
from mexile.web.fields import ChoiceField, LongTextField, SeveralField, TextField, Typed
from mexile.web.i18n import lang

LANGUAGES = 4
_OFF = {"autocomplete": "off", "spellcheck": "false"}
_NO_LANGUAGE = Problem(
    "",
    "We know no such language. Write its name or the three letters of ISO 639-3.",
    "No conocemos ese idioma. Escriba su nombre o las tres letras de ISO 639-3.",
)


def _words(name: str) -> Any:
    return lambda: vocabulary(name).choices(lang())


class LanguageField(Typed):
    """A language by its name in either tongue or its code; `data` is the ISO 639-3 code."""

    def parse(self, text: str) -> str:
        ours = {
            places.spelling(name): term.code for term in vocabulary("language").values() for name in (term.en, term.es)
        }
        known = ours.get(places.spelling(text)) or places.language_table().get(places.spelling(text))
        code = known or text.lower()
        if code not in vocabulary("language") and code not in places.language_codes():
            raise Invalid(_NO_LANGUAGE)
        return code

    def write(self, value: str) -> str:
        known = vocabulary("language")
        return known.label(value, lang()) if value in known else places.language_name(value, lang())


class DetailsForm(KnownForm):
    """What else is known. Made whole by the loop below: one line of fields for each language."""

    keeps_draft = True

    version = HiddenField()
    other_names = LongTextField(
        _("Other names, one a line"), most=600, free_note=False, render_kw={"rows": "3", **_OFF}
    )
    born_precision = ChoiceField(_("How well the date of birth is known"), vocabulary="day_precision")
    a_numbers = TextField(_("A-number"), most=80, render_kw=_OFF)
    nationalities = TextField(_("Other nationalities"), most=200, render_kw=_OFF)
    municipality = TextField(_("Municipality of origin"), most=120, render_kw={**_OFF, "list": "municipalities"})
    profiles = SeveralField(_("Also at risk as"), choices=_words("member_profile"))
    harms = SeveralField(_("What was done to them or to a relative"), choices=_words("harm"))

    def validate_a_numbers(self, field: TextField) -> None:
        if wrong := [part for part in _parts(field.data) if not normal_a_number(part)]:
            raise ValidationError(
                gettext("An A-number has seven to nine digits: %(number)s has not.", number=wrong[0][:20])
            )

    def validate_nationalities(self, field: TextField) -> None:
        if wrong := [part for part in _parts(field.data) if not _country(part)]:
            raise ValidationError(gettext("We know no country called %(name)s.", name=wrong[0][:40]))

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        return {
            "other_names": [line.strip() for line in (self.other_names.data or "").splitlines() if line.strip()],
            "born_precision": self.born_precision.data,
            "a_numbers": [number for part in _parts(self.a_numbers.data) if (number := normal_a_number(part))],
            "nationalities": [code for part in _parts(self.nationalities.data) if (code := _country(part))],
            "municipality": self.municipality.data or None,
            "profiles": self.profiles.data or [],
            "harms": self.harms.data or [],
            "languages": self._languages(),
        }

    def _languages(self) -> list[dict[str, Any]]:
        languages: dict[str, dict[str, Any]] = {}
        for place in range(LANGUAGES):
            if code := self[f"language_{place}"].data:
                languages.setdefault(
                    code,
                    {
                        "language": code,
                        "level": self[f"level_{place}"].data,
                        "variant": self[f"variant_{place}"].data or None,
                        "needs_interpreter": self[f"interpreter_{place}"].data,
                    },
                )
        return list(languages.values())


for _place in range(LANGUAGES):
    _list = {**_OFF, "list": "languages"}
    setattr(DetailsForm, f"language_{_place}", LanguageField(_("Language"), render_kw=_list))
    setattr(DetailsForm, f"level_{_place}", ChoiceField(_("How well"), vocabulary="language_level"))
    setattr(DetailsForm, f"variant_{_place}", TextField(_("Spoken as in (village)"), most=120, render_kw=_OFF))
    setattr(DetailsForm, f"interpreter_{_place}", BooleanField(_("Needs an interpreter in it")))


def values_of_details(member: Member, held: Details, municipality_too: bool) -> dict[str, Any]:
    """What is kept, as the form shows it. Opens what is sealed, the municipality only for who may read it."""
    detail = held.detail
    values: dict[str, Any] = {
        "other_names": "\n".join(row.name or "" for row in held.names),
        "born_precision": (detail.born_precision if detail else None) or "",
        "a_numbers": ", ".join(shown_a_number(row.number or "") for row in held.a_numbers),
        "nationalities": ", ".join(places.country_name(code, lang()) for code in held.nationalities),
        "municipality": detail.municipality if detail and municipality_too else None,
        "profiles": list(held.profiles),
        "harms": list(held.harms),
    }
    if not held.languages and member.language:
        values["language_0"] = member.language
    for place, row in enumerate(held.languages[:LANGUAGES]):
        values[f"language_{place}"] = row.language
        values[f"level_{place}"] = row.level or ""
        values[f"variant_{place}"] = row.variant
        values[f"interpreter_{place}"] = row.needs_interpreter
    return values


def _parts(text: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text or "") if part.strip()]


def _country(text: str) -> str | None:
    return places.country_table().get(places.spelling(text))
