"""The forms for a payment that fits no gift: match it, or set it aside."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.gifts.fund.models import Fund
from mexile.web.fields import CodeField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang


class MatchForm(Form):
    """A payment at Stripe becomes a gift of this donor."""

    donor = CodeField(_("Donor code"), [Required()], most=20)
    fund = SelectField(_("For"))

    def __init__(self, funds: list[Fund], **values: Any) -> None:
        super().__init__(**values)
        self.fund.choices = [(fund.code, fund.name(lang())) for fund in funds]


class AsideForm(Form):
    """Somebody looked, and it is no gift."""

    reason = TextField(_("What is it, if it is no gift?"), [Required()], most=200)
