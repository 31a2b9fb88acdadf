"""The forms of deadlines: what happened and when, who answers, a judge's date, closing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import ValidationError

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang


def team() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(*WORKS)]


def happenings() -> list[tuple[str, str]]:
    """What may have happened, in the words of a person who comes back from court."""
    offered = (term for term in vocabulary("deadline_trigger").values() if term.more.get("offered", True))
    return [("", "—"), *((term.code, term.name(lang())) for term in offered)]


class HappenedForm(Form):
    """Something happened on a day: the first half, before anything is proposed."""

    trigger = SelectField(_("What happened?"), [Required()], choices=happenings, default="")
    on = DayField(_("On which day?"), [Required()], year="asked")


class ProposedForm(Form):
    """The second half: which of the proposed deadlines, and who answers. `trigger` and `on` come along."""

    trigger = SelectField(_("What happened?"), [Required()], choices=happenings, default="")
    on = DayField(_("On which day?"), [Required()], year="asked")
    owner_user_id = SelectField(_("Who is responsible?"), [Required()], choices=team, default="", coerce=chosen_number)
    second_owner_user_id = SelectField(
        _("A second person, where nothing can be mended afterwards"), choices=team, default="", coerce=chosen_number
    )


class OwnersForm(Form):
    """Others answer for it."""

    owner_user_id = SelectField(_("Who is responsible?"), [Required()], choices=team, default="", coerce=chosen_number)
    second_owner_user_id = SelectField(_("And who else?"), choices=team, default="", coerce=chosen_number)


class OrderForm(Form):
    """A judge set another day."""

    ordered_on = DayField(_("The day the court set"), [Required()], year="next")


class DeadlineClosureForm(Form):
    """It is done, or not, and what shows it."""

    reason = ChoiceField(_("What became of it?"), [Required()], vocabulary="deadline_closure_reason")
    note = LongTextField(_("What shows it: a receipt, a stamp, a reason"), [Required()], most=2000)


class ClosingForm(Form):
    """Offices are closed on a day."""

    on = DayField(_("Day"), [Required()], year="asked")
    en = TextField(_("Why, in English"), [Required()], most=120)
    es = TextField(_("Why, in Spanish"), [Required()], most=120)
    source = TextField(_("By whose order, and where it stands"), [Required()], most=300)

    def validate_source(self, field: TextField) -> None:
        if len(field.data or "") < 8:
            raise ValidationError(_("Say where it can be read: an address, an order, a notice."))
