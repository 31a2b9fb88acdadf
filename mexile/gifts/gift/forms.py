"""The forms of a gift that staff write down, and of cancelling one."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from mexile.donors.forms import NEW, RECORDED, is_email, languages
from mexile.donors.models import Donor
from mexile.gifts.fund.models import Fund
from mexile.ground import organization
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import CodeField, DayField, EmailField, LongTextField, MoneyField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang


class RecordForm(Form):
    """A gift that came by hand. Where the name is known already, it is asked whether it is the same donor."""

    beside = ("donor", "same", "kind", "email")

    channel = RadioField(_("Given by"), default="cheque")
    amount_cents = MoneyField(_("Amount in dollars"), name="amount")
    description = LongTextField(_("What was given"), most=1000, free_note=False)
    benefit = TextField(_("What the donor got in exchange"), most=300)
    benefit_cents = MoneyField(_("Its fair value in dollars"), name="benefit_value")
    given_on = DayField(_("Day of the gift"), [Required()])
    fund_code = SelectField(_("For"), name="fund")
    donor = CodeField(_("Donor code, if you know it"), most=20)
    same = RadioField(_("Is it one of these?"), validate_choice=False)
    kind = RadioField(
        _("Who gives"),
        choices=lambda: [("person", _("A person")), ("organization", _("An organization"))],
        default="person",
    )
    name = TextField(_("Name"), most=120)
    email = EmailField(_("E-mail"), [Optional(), is_email], most=200)
    address = LongTextField(_("Address for the receipt"), most=400, free_note=False)
    language = languages()

    def __init__(self, funds: list[Fund], **values: Any) -> None:
        values.setdefault("given_on", organization.today())
        super().__init__(**values)
        words = vocabulary("gift_channel")
        self.channel.choices = [(code, words.label(code, lang())) for code in RECORDED]
        self.fund_code.choices = [(fund.code, fund.name(lang())) for fund in funds]
        self.same.choices = []

    def offer(self, donors: list[Donor]) -> None:
        """Donors of the same name, to choose from."""
        known = [(donor.code, f"{donor.name} ({donor.code})") for donor in donors]
        self.same.choices = [*known, (NEW, gettext("Somebody else"))]

    @property
    def is_new(self) -> bool:
        """Whether somebody said that it is none of those who were offered."""
        return self.same.data == NEW

    @property
    def is_in_kind(self) -> bool:
        return self.channel.data == "in_kind"

    @property
    def donor_code(self) -> str:
        """The donor that was named, by code or among those of the same name."""
        return self.donor.data or (self.same.data if self.same.data not in (None, "", NEW) else "")

    def validate_amount_cents(self, field: Any) -> None:
        if not self.is_in_kind and not field.errors and not field.data:
            raise ValidationError(gettext("Please fill this in."))

    def validate_description(self, field: Any) -> None:
        if self.is_in_kind and not field.data:
            raise ValidationError(gettext("Describe what was given; the receipt repeats it and names no value."))

    def validate_benefit(self, field: Any) -> None:
        if not field.data and self.benefit_cents.data:
            raise ValidationError(gettext("Say what the donor got for this value; the receipt describes it."))

    def validate_benefit_cents(self, field: Any) -> None:
        if field.errors:
            return
        if self.benefit.data and not field.data:
            raise ValidationError(gettext("Estimate its fair value in good faith; the receipt states it."))
        if field.data and not self.is_in_kind and self.amount_cents.data and field.data > self.amount_cents.data:
            raise ValidationError(gettext("This is more than the gift: what exceeds it was a purchase, not a gift."))

    def validate_given_on(self, field: Any) -> None:
        if field.data and field.data > organization.today():
            raise ValidationError(gettext("This day is still to come."))

    def validate_name(self, field: Any) -> None:
        if not self.donor_code and not field.data:
            raise ValidationError(gettext("Write a name, or the code of a donor."))


class VoidForm(Form):
    """Why a recorded gift is cancelled."""

    reason = TextField(_("Why is it cancelled?"), [Required()], most=200)
