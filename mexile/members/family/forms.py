"""The forms of a family: a relative without a record, a place now, a relation."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import ChoiceField, CodeField, DayField, LongTextField, Required, TextField, WholeNumberField
from mexile.web.form import OWN, Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def _roles() -> list[tuple[str, str]]:
    """Every place in a household but its head, who is a member."""
    return [("", "—"), *(pair for pair in vocabulary("household_role").choices(lang()) if pair[0] != "head")]


class PlaceForm(Form):
    """Where a person is now; danger and contact for who was left behind."""

    place = ChoiceField(_("Where now"), [Required()], vocabulary="place_now")
    state = ChoiceField(_("State in Mexico"), vocabulary="mx_state")
    since_on = DayField(_("Since"), render_kw=_TEXT_OFF)
    in_danger = ChoiceField(_("In danger?"), vocabulary="in_danger", empty=False, default="unknown")
    contact = ChoiceField(_("May they be contacted?"), vocabulary="family_contact", empty=False, default="unknown")
    note = LongTextField(
        _("How to reach them, and what to be careful of"), most=500, render_kw={"rows": "3", "autocomplete": "off"}
    )

    def values(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name not in OWN}


class RelativeForm(PlaceForm):
    """Somebody of the family who is no member: a first name or an alias, and where they are."""

    called = TextField(_("First name or alias"), [Required()], most=60, render_kw=_TEXT_OFF)
    role = SelectField(_("Place in the household"), [Required()], choices=_roles, default="")
    side = ChoiceField(_("What they are to our member"), vocabulary="relation_side")
    birth_year = WholeNumberField(_("Year of birth"), least=1890, most=2100, render_kw=_TEXT_OFF)


class RelationForm(Form):
    """What another person is to the member. ``person`` is chosen among the household, or ``other`` is a code."""

    side = ChoiceField(_("Is"), [Required()], vocabulary="relation_side")
    person = SelectField(_("Who"), default="")
    other = CodeField(_("Or the code of another member"), most=12, render_kw=_TEXT_OFF)

    def chosen(self) -> str:
        return self.other.data or self.person.data or ""
