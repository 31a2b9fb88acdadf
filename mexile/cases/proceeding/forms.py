"""The forms of a proceeding, of its decision and of MPP."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.cases.judge.queries import judge_choices
from mexile.cases.place.queries import place_choices
from mexile.web.fields import ChoiceField, DayField, Required, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang


def _courts() -> list[tuple[int | str, str]]:
    return [("", "—"), *place_choices(lang(), ("court", "uscis", "bridge"))]


def _judges() -> list[tuple[int | str, str]]:
    return [("", "—"), *judge_choices()]


class ProceedingForm(Form):
    """Before which court and judge the case runs."""

    kind = ChoiceField(_("Which proceeding"), [Required()], vocabulary="proceeding_kind")
    place_id = SelectField(_("Court"), choices=_courts, coerce=chosen_number, default="")
    judge_id = SelectField(_("Judge"), choices=_judges, coerce=chosen_number, default="")
    began_on = DayField(_("Since"))
    version = HiddenField()


class DecisionForm(Form):
    """How a proceeding ended."""

    outcome = ChoiceField(_("Decision"), [Required()], vocabulary="case_outcome")
    on = DayField(_("On"), [Required()])


class MppForm(Form):
    """Who was sent back under MPP, and the exemption that was asked for."""

    beside = ("member", "sure")

    member = SelectField(_("Who"), [Required()], choices=list, validate_choice=True)
    placed_on = DayField(_("Sent back on"))
    asked_on = DayField(_("Exemption asked on"))
    asked_of = ChoiceField(_("Asked of"), vocabulary="mpp_asked_of")
    reason = ChoiceField(_("Because of"), vocabulary="mpp_reason")
    answer = ChoiceField(_("Answer"), vocabulary="mpp_answer")
    answered_on = DayField(_("Answered on"))
    version = HiddenField()
    sure = BooleanField(_("Yes, both are right"))
