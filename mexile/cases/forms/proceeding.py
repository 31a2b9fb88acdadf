"""The forms of a proceeding, of MPP and of the theory of a case."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.widgets import CheckboxInput, ListWidget

from mexile.access.policy import WORKS
from mexile.access.queries.people import with_roles
from mexile.cases.models.mpp import MPP_FIELDS, Mpp
from mexile.cases.models.proceeding import Proceeding
from mexile.cases.models.theory import CaseTheory
from mexile.cases.queries.judges import judge_choices
from mexile.cases.queries.places import place_choices
from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, SeveralField, chosen_number
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


def _several(label: Any, words: str) -> SeveralField:
    return SeveralField(
        label,
        choices=lambda: vocabulary(words).choices(lang()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class TheoryForm(Form):
    """Attorney work product: what is argued and which evidence lies there."""

    grounds = _several(_("Protected grounds that are argued"), "protected_ground")
    social_group = LongTextField(_("Particular social group, in words"), most=4000)
    nexus = LongTextField(_("Nexus: why this person, because of what"), most=8000)
    persecutors = LongTextField(_("Persecutors, what they can reach, what the state did"), most=8000)
    relocation = _several(_("Evidence that lies there"), "relocation_evidence")
    relocation_words = LongTextField(_("Why not somewhere else in Mexico: where each piece lies"), most=8000)
    version = HiddenField()

    def values(self) -> dict[str, str | None]:
        """The texts as they are sealed; lists of codes joined by spaces."""
        found: dict[str, str | None] = {
            name: self[name].data or None for name in ("social_group", "nexus", "persecutors", "relocation_words")
        }
        for name in ("grounds", "relocation"):
            found[name] = " ".join(self[name].data or ()) or None
        return found


def values_of_theory(held: CaseTheory | None) -> dict[str, Any]:
    """What the theory holds. Opens every sealed field, and the trail says so."""
    if held is None:
        return {}
    texts = {name: getattr(held, name) for name in ("social_group", "nexus", "persecutors", "relocation_words")}
    lists = {name: (getattr(held, name) or "").split() for name in ("grounds", "relocation")}
    return texts | lists


class DelegationForm(Form):
    """Whom the attorney lets read and write the theory."""

    user_id = SelectField(
        _("Who"), [Required()], choices=lambda: [("", "—"), *with_roles(*WORKS)], coerce=chosen_number, default=""
    )
