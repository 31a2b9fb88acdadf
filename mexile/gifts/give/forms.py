"""The giving form."""

from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField

from mexile.config import config
from mexile.donors.forms import is_email
from mexile.gifts.card_testing.actions import network_mark
from mexile.gifts.fund.models import Fund
from mexile.gifts.give import rules as amounts
from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import GivingRequest, ticket_key
from mexile.gifts.give.ticket import Age
from mexile.ground import clock, money
from mexile.ground.errors import Problem
from mexile.web.fields import EmailField, MoneyField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang

ONCE, MONTHLY, OTHER = "once", "month", "other"

AGES = {
    Age.TOO_SOON: Problem(
        "",
        "That was very quick. Please look it over once and press the button again.",
        "Eso fue muy rápido. Revíselo un momento y presione el botón otra vez.",
    ),
    Age.TOO_OLD: Problem(
        "",
        "This page had been open for a long time. Nothing was charged. Press the button again.",
        "Esta página llevaba mucho tiempo abierta. No se cobró nada. Presione el botón otra vez.",
    ),
}
AGES[Age.FORGED] = AGES[Age.TOO_OLD]


class GiveForm(Form):
    """Once or every month, how much, for what, from whom. No amount is chosen beforehand."""

    every = RadioField(_("How often"), choices=lambda: [(ONCE, _("Once")), (MONTHLY, _("Every month"))], default=ONCE)
    amount = RadioField(_("Amount"), validate_choice=False)
    other = MoneyField(_("Another amount, in dollars"))
    fund = RadioField(_("What it is for"), validate_choice=False)
    name = TextField(_("Your name"), [Required()], most=120, render_kw={"autocomplete": "name"})
    email = EmailField(
        _("E-mail for the receipt"), [Required(), is_email], most=200, render_kw={"autocomplete": "email"}
    )
    cover = BooleanField(_("Add the fee, so that all of it arrives"))
    before = HiddenField()

    def __init__(self, funds: list[Fund], least: int = amounts.LEAST, **values: Any) -> None:
        super().__init__(**values)
        self.least = least
        offered = [(str(cents), money.format_short(cents, lang())) for cents in amounts.OFFERED]
        self.amount.choices = [*offered, (OTHER, gettext("Other"))]
        self.fund.choices = [(fund.code, fund.name(lang())) for fund in funds]
        if self.fund.data not in [fund.code for fund in funds]:
            self.fund.data = funds[0].code if funds else ""
        sent = request.form.get("form_token", "") if request.method == "POST" else ""
        self.age = tickets.age_of(ticket_key(), sent, clock.now())
        if self.age not in (Age.GOOD, Age.TOO_SOON):
            self.show_again()

    def show_again(self) -> None:
        """A new ticket: the form is another one from now on, whatever is filled in."""
        self.form_token.data = tickets.new_form_ticket(ticket_key(), clock.now())

    @property
    def cents(self) -> int | None:
        """The amount chosen or written; a written one counts when no other was chosen."""
        if self.amount.data in [str(cents) for cents in amounts.OFFERED]:
            return int(self.amount.data)
        return self.other.data

    @property
    def charged_cents(self) -> int:
        """What the card is charged: the amount, with the fee on top where the donor adds it."""
        cents, settings = self.cents or 0, config()
        if not self.cover.data:
            return cents
        return amounts.with_fee(cents, settings.stripe_fee_permille, settings.stripe_fee_cents)

    @property
    def is_monthly(self) -> bool:
        return self.every.data == MONTHLY

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not self.other.errors:
            typed = self.amount.data == OTHER or self.other.data is not None
            problems = amounts.problems_of(self.cents, "other" if typed else "amount", self.least)
            self.add(problems)
            good = good and not problems
        if good and self.age in AGES:
            self.add([AGES[self.age]])
            return False
        return good

    def asked(self, last: str | None = None) -> GivingRequest:
        """What the donor asks for, once the form is valid; ``last`` is the gift that this browser began last."""
        return GivingRequest(
            ticket=self.token,
            cents=self.charged_cents,
            is_monthly=self.is_monthly,
            fund=self.fund.data,
            name=self.name.data,
            email=self.email.data,
            language=lang(),
            before=tickets.code_of(ticket_key(), self.before.data or ""),
            last=last,
            network_mark=network_mark(request.remote_addr or ""),
        )
