"""The form of a bond."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from mexile.custody.detention.forms import _OFF
from mexile.web.fields import ChoiceField, DayField, LongTextField, MoneyField
from mexile.web.form import Form


class BondForm(Form):
    """A request for bond and what came of it."""

    asked_on = DayField(_("Asked for on"), render_kw=_OFF)
    decided_on = DayField(_("Decided on"), render_kw=_OFF)
    decision = ChoiceField(_("Decision"), vocabulary="bond_decision")
    reason = ChoiceField(_("Reason the judge stated"), vocabulary="bond_reason")
    stated = LongTextField(_("In the judge's words"), most=1000, render_kw={"rows": "2"})
    amount_cents = MoneyField(_("Amount, in dollars"), render_kw=_OFF)
    posted_on = DayField(_("Posted on"), render_kw=_OFF)
    payer = ChoiceField(_("Who paid"), vocabulary="bond_payer")
    returned_on = DayField(_("Returned on"), render_kw=_OFF)
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        return {name: field.data or None for name, field in self.typed().items() if name != "version"}


def form_of_bond(bond: Any) -> BondForm:
    """The form with what stands of a bond."""
    return BondForm(None, obj=bond)
