"""The forms of a proceeding, of MPP and of the theory of a case."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.cases.judge.queries import judge_choices
from mexile.cases.place.queries import place_choices
from mexile.cases.proceeding.models import MPP_FIELDS, Mpp, Proceeding
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

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or None for name in ("kind", "place_id", "judge_id", "began_on")}


def values_of_proceeding(held: Proceeding) -> dict[str, Any]:
    return {
        "kind": held.kind,
        "place_id": held.place_id or "",
        "judge_id": held.judge_id or "",
        "began_on": held.began_on,
    }


class DecisionForm(Form):
    """How a proceeding ended."""

    outcome = ChoiceField(_("Decision"), [Required()], vocabulary="case_outcome")
    on = DayField(_("On"), [Required()])


class MppForm(Form):
    """Who was sent back under MPP, and the exemption that was asked for."""

    member = SelectField(_("Who"), [Required()], choices=list, validate_choice=True)
    placed_on = DayField(_("Sent back on"))
    asked_on = DayField(_("Exemption asked on"))
    asked_of = ChoiceField(_("Asked of"), vocabulary="mpp_asked_of")
    reason = ChoiceField(_("Because of"), vocabulary="mpp_reason")
    answer = ChoiceField(_("Answer"), vocabulary="mpp_answer")
    answered_on = DayField(_("Answered on"))
    version = HiddenField()
    sure = BooleanField(_("Yes, both are right"))

    def values(self) -> dict[str, Any]:
        return {name: self[name].data or None for name in MPP_FIELDS}


def values_of_mpp(held: Mpp) -> dict[str, Any]:
    return {name: getattr(held, name) or "" for name in MPP_FIELDS} | {
        name: getattr(held, name) for name in ("placed_on", "asked_on", "answered_on")
    }
