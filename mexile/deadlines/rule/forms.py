"""The form by which an attorney writes a newer version of a rule."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField, WholeNumberField
from mexile.web.form import Form

RULE_FIELDS = (
    "length unit direction weekend side severity internal_target citation law source from_on to_on status "
    "label_en label_es notes_en notes_es"
).split()


class RuleForm(Form):
    """A rule, whole. `begins_on`: a change of the law from that day on, beside the old rule."""

    length = WholeNumberField(_("How long the period is"), [Required()], most=3660)
    unit = ChoiceField(_("What it is counted in"), [Required()], vocabulary="rule_unit", empty=False)
    direction = ChoiceField(_("Which way"), [Required()], vocabulary="rule_direction", empty=False)
    weekend = ChoiceField(_("When the day is closed"), [Required()], vocabulary="rule_weekend", empty=False)
    side = ChoiceField(_("What the day is for us"), [Required()], vocabulary="rule_side", empty=False)
    severity = ChoiceField(_("What a missed day means"), [Required()], vocabulary="rule_severity", empty=False)
    internal_target = TextField(_("Our own target"), most=30)
    citation = TextField(_("Citation"), [Required()], most=400)
    law = TextField(_("Short citation, for the explanation"), most=80)
    source = TextField(_("Where it was read"), [Required()], most=400)
    from_on = DayField(_("In force from"), year="asked")
    to_on = DayField(_("In force until"), year="asked")
    status = ChoiceField(_("Does it bind?"), [Required()], vocabulary="rule_status", empty=False)
    label_en = TextField(_("Name in English"), [Required()])
    label_es = TextField(_("Name in Spanish"), [Required()])
    notes_en = LongTextField(_("Notes in English"), [Required()], free_note=False)
    notes_es = LongTextField(_("Notes in Spanish"), [Required()], free_note=False)
    begins_on = DayField(_("The law changes on"), year="asked")
    is_read = BooleanField(_("I have read the law and stand for this version"))
    reason = TextField(_("Why this version"), [Required()], most=300)

    def values(self) -> dict[str, object]:
        """The fields of the rule that were typed."""
        values = {name: self[name].data for name in RULE_FIELDS}
        values["internal_target"] = values["internal_target"] or None
        values["verify"] = not self.is_read.data
        return values
