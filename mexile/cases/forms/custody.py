"""Forms of custody: a detention, a transfer, its end, a bond, supervision."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from mexile.cases.forms.alert import places
from mexile.web.fields import ChoiceField, DayField, LongTextField, MoneyField, chosen_number
from mexile.web.form import Form

_OFF = {"autocomplete": "off"}


class DetentionForm(Form):
    """Since when, by whom, where."""

    from_on = DayField(_("Detained on"), render_kw=_OFF)
    held_by = ChoiceField(_("Held by"), vocabulary="held_by", empty=False)
    place_id = SelectField(_("Place"), choices=places, default="", coerce=chosen_number)
    note = LongTextField(_("What is known of it"), most=1000, render_kw={"rows": "3"})


class TransferForm(Form):
    """To which place, since which day."""

    place_id = SelectField(_("To which place"), choices=places, default="", coerce=chosen_number)
    on = DayField(_("Since"), render_kw=_OFF)


class EndForm(Form):
    """How it ended, and when."""

    how = ChoiceField(_("How did it end?"), vocabulary="detention_end", empty=False)
    on = DayField(_("On"), render_kw=_OFF)


class BondForm(Form):
    """A request for bond and what came of it."""

    asked_on = DayField(_("Asked for on"), render_kw=_OFF)
    decided_on = DayField(_("Decided on"), render_kw=_OFF)
    decision = ChoiceField(_("Decision"), vocabulary="bond_decision")
    reason = ChoiceField(_("Reason the judge stated"), vocabulary="bond_reason")
    stated = LongTextField(_("In the judge's words"), most=1000, render_kw={"rows": "2"})
    amount_cents = MoneyField(_("Amount, in dollars"), render_kw={**_OFF, "inputmode": "decimal"})
    posted_on = DayField(_("Posted on"), render_kw=_OFF)
    payer = ChoiceField(_("Who paid"), vocabulary="bond_payer")
    returned_on = DayField(_("Returned on"), render_kw=_OFF)
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        return {name: field.data or None for name, field in self.typed().items() if name != "version"}


class SupervisionForm(Form):
    """To whom, how often, with what, from when to when."""

    kind = ChoiceField(_("Reports to"), vocabulary="supervision_kind", empty=False)
    every = ChoiceField(_("How often"), vocabulary="supervision_every", empty=False)
    monitor = ChoiceField(_("Watched by"), vocabulary="supervision_monitor", empty=False)
    from_on = DayField(_("Since"), render_kw=_OFF)
    to_on = DayField(_("Until"), render_kw=_OFF, year="asked")


class SupervisionEndForm(Form):
    """It is over since a day."""

    to_on = DayField(_("Until"), render_kw=_OFF, year="asked")
