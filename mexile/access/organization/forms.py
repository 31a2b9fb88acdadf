"""The form of the organization's settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from mexile.ground import dates
from mexile.web.fields import LongTextField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang

ZONES = (
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Mexico_City",
    "America/Ciudad_Juarez",
    "America/Tijuana",
)
"""The zones of the United States and of the border."""


class OrganizationForm(Form):
    """What receipts, mails and reports print of the organization."""

    version = HiddenField()
    legal_name = TextField(_("Legal name"), [Required()])
    short_name = TextField(_("Short name"), [Required()], most=60)
    ein = TextField(_("Tax number (EIN)"), [Required()], most=20)
    address = LongTextField(_("Postal address"), [Required()], most=400, free_note=False)
    sentence_en = TextField(_("One sentence in English"), [Required()])
    sentence_es = TextField(_("One sentence in Spanish"), [Required()])
    mail_from = TextField(_("Mails come from"), [Required()])
    zone = SelectField(_("Time zone"), choices=lambda: [(name, name) for name in ZONES])
    fiscal_year_month = SelectField(
        _("The fiscal year begins in"),
        coerce=int,
        choices=lambda: [(n, dates.month_name(n, lang())) for n in range(1, 13)],
    )
