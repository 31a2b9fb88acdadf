"""The forms of a work-permit clock, a card and a reason for filing late."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField
from mexile.web.form import Form


class SegmentForm(Form):
    """Something happened to the clock, from a day until a day."""

    cause = ChoiceField(_("What happened to the clock"), [Required()], vocabulary="clock_entry")
    from_on = DayField(_("From"), [Required()])
    to_on = DayField(_("Until it goes on"), year="asked")
    code = TextField(_("The court's code"), most=10)
    document = TextField(_("Where it stands: which notice or order"), most=80)


class EndForm(Form):
    """A stretch that stood open ends."""

    to_on = DayField(_("It goes on from"), [Required()], year="asked")


class PermitForm(Form):
    """A card came."""

    issued_on = DayField(_("Issued on"), [Required()])
    ends_on = DayField(_("Ends on, as printed"), [Required()], year="next")


class ExceptionForm(Form):
    """A reason for filing after the year."""

    kind = ChoiceField(_("Which reason"), [Required()], vocabulary="one_year_exception")
    since_on = DayField(_("Since"), [Required()])
    until_on = DayField(_("Until"), year="asked")
    evidence = LongTextField(_("What shows it"), [Required()], most=4000)
