"""The form of the organization's settings."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from mexile.access.organization.rules import has_postal_code, read_ein, read_zone
from mexile.ground import dates
from mexile.ground.errors import Invalid
from mexile.ground.sender import sender
from mexile.web.fields import LongTextField, Required, TextField, Typed
from mexile.web.form import Form
from mexile.web.i18n import lang


class EinField(Typed[str]):
    """A tax number; `data` is 12-3456789."""

    def parse(self, text: str) -> str:
        return read_ein(text, self.name)


class ZoneField(Typed[str]):
    """A time zone, chosen by searching in a list that the page carries."""

    def parse(self, text: str) -> str:
        return read_zone(text, self.name)


class OrganizationForm(Form):
    """What receipts, mails and reports print of the organization. Only its names are asked for: the rest may wait,
    and First steps says what is missing."""

    version = HiddenField()
    legal_name = TextField(_("Legal name"), [Required()], render_kw={"autocomplete": "organization"})
    short_name = TextField(_("Short name"), [Required()], most=60)
    ein = EinField(_("Tax number (EIN)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    is_exempt = BooleanField(_("The IRS has recognized us under section 501(c)(3)"))
    address = LongTextField(_("Postal address"), most=400, free_note=False, render_kw={"rows": 3})
    sentence_en = TextField(_("One sentence in English"))
    sentence_es = TextField(_("One sentence in Spanish"))
    languages = SelectField(
        _("Languages of the public pages"),
        choices=lambda: [
            ("en es", gettext("English and Spanish")),
            ("en", gettext("English alone")),
            ("es", gettext("Spanish alone")),
        ],
    )
    mail_from = TextField(_("Mails come from"))
    zone = ZoneField(_("Time zone"), [Required()], render_kw={"list": "zones", "autocomplete": "off"})
    fiscal_year_month = SelectField(
        _("The fiscal year begins in"),
        coerce=int,
        choices=lambda: [(n, dates.month_name(n, lang())) for n in range(1, 13)],
    )

    def validate_address(self, field: Any) -> None:
        if field.data and not has_postal_code(field.data):
            raise ValidationError(
                gettext("Write it as on an envelope: street, city, state and the ZIP code of five digits.")
            )

    def validate_mail_from(self, field: Any) -> None:
        if field.data:
            try:
                sender(field.data)
            except Invalid as wrong:
                raise ValidationError(wrong.problems[0].text(lang())) from None

    def validate_is_exempt(self, field: Any) -> None:
        if field.data and not self.ein.data and not self.ein.errors:
            raise ValidationError(gettext("Write the tax number too: a receipt names both."))
