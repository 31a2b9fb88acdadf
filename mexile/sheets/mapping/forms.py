"""The forms of an import: the file, its columns, what its values mean, and what to do with doubtful rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField

from mexile.sheets.cell.rules import ORDERS
from mexile.sheets.target.rules import Field, targets
from mexile.web import form as kit
from mexile.web.fields import DayField, LongTextField, Required, TextField
from mexile.web.i18n import lang


class UploadForm(kit.Form):
    """A sheet, and what its rows are."""

    file = FileField(_("Sheet (CSV or .xlsx, at most 15 MiB)"))
    into = RadioField(
        _("What is a row?"),
        [Required(_("Choose one of the two."))],
        choices=lambda: [(target.name, target.row.text(lang())) for target in targets()],
    )


class LayoutForm(kit.Form):
    """Which table of the file is read. ``layout`` is the one that the page showed."""

    tab = SelectField(_("Sheet of the workbook"), validate_choice=False)
    heading = SelectField(_("Row of the headings"), validate_choice=False)
    separator = SelectField(_("What separates the columns"), validate_choice=False)
    hidden = SelectField(_("Rows that are hidden in the workbook"), validate_choice=False)
    layout = HiddenField()


class SavedForm(kit.Form):
    """A mapping that somebody saved, or the text of one. ``layout``: how the page showed the sheet."""

    layout = HiddenField()

    saved = SelectField(_("Saved mapping"), choices=list, validate_choice=False)
    text = LongTextField(_("Or a mapping as text (TOML)"), most=100_000, free_note=False)


class ColumnsForm(kit.Form):
    """One choice of a column for each field, one of an order for each day. Made by `columns_form`."""

    @property
    def columns(self) -> dict[str, str]:
        """field -> heading, of those that were chosen."""
        chosen = ((name.removeprefix("column-"), field.data) for name, field in self._fields.items())
        return {name: heading for name, heading in chosen if name in self.names and heading}

    @property
    def days(self) -> dict[str, str]:
        return {
            name: self._fields[f"order-{name}"].data
            for name in self.columns
            if f"order-{name}" in self._fields and self._fields[f"order-{name}"].data
        }

    @property
    def countries(self) -> dict[str, str]:
        """field -> country of its telephones that may be of two."""
        asked = ((name, f"country-{name}") for name in self.columns)
        return {name: self._fields[key].data for name, key in asked if key in self._fields and self._fields[key].data}

    layout = HiddenField()
    consent = DayField(_("Everybody in this sheet consented on"))
    names: tuple[str, ...] = ()


def columns_form(fields: Iterable[Field], heading: list[str], **values: Any) -> ColumnsForm:
    """The form for these fields and the columns of this sheet; the rules of mappings judge the choices."""
    choices = [("", "—"), *((name, name) for name in dict.fromkeys(heading))]
    countries = [("", _("as each number shows")), ("US", _("United States (+1)")), ("MX", _("Mexico (+52)"))]
    orders = [("", _("as the column shows")), *((order, order) for order in ORDERS)]
    fields_of: dict[str, Any] = {"names": tuple(field.name for field in fields)}
    for field in fields:
        rules = [Required()] if field.required else []
        fields_of[f"column-{field.name}"] = SelectField(
            field.label(lang()), rules, validate_choice=False, choices=lambda: choices
        )
        if field.is_day:
            fields_of[f"order-{field.name}"] = SelectField(_("Order"), validate_choice=False, choices=lambda: orders)
        if field.kind == "phone":
            fields_of[f"country-{field.name}"] = SelectField(
                _("Numbers that may be of two countries"), validate_choice=False, choices=lambda: countries
            )
    return type("TheseColumns", (ColumnsForm,), fields_of)(data=values)


class ValuesForm(kit.Form):
    """What the values mean that nobody understood, and a name to keep the mapping under. Made by `values_form`."""

    name = TextField(_("Keep this mapping under a name, to use it again"), most=80)

    @property
    def said(self) -> list[tuple[str, int, Any]]:
        """(field, place, the form's field) of every value asked for."""
        parts = ((name.split("-"), field) for name, field in self._fields.items() if name.startswith("value-"))
        return [(name, int(place), field) for (_, name, place), field in parts]


def values_form(unread: dict[str, list[tuple[str, int]]], name: str) -> ValuesForm:
    """The form for these values: field -> [(what the cell says, how often)]."""
    fields: dict[str, Any] = {}
    for column, values in unread.items():
        for place, (text, _times) in enumerate(values):
            render = {"list": f"names-{column}", "autocomplete": "off"}
            fields[f"value-{column}-{place}"] = TextField(Markup("{}").format(text), most=120, render_kw=render)
    return type("TheseValues", (ValuesForm,), fields)(data={"name": name})


class CommitForm(kit.Form):
    """The last word before anything is written."""

    leave_out = BooleanField(_("Leave the rows with errors out and import the others"))
    doubtful = RadioField(
        _("Rows that may be somebody we know"),
        choices=lambda: [("leave", _("leave them out")), ("take", _("take them as new people"))],
        default="leave",
    )
