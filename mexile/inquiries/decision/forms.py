"""The forms of deciding: the attorney's decision, the person's own, telling it, an attorney's capacity."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.decision.rules import OURS, THEIRS
from mexile.web.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    Required,
    WholeNumberField,
)
from mexile.web.form import Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def _decisions(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    words = vocabulary("inquiry_decision")
    return [("", "—"), *[(code, words.label(code, lang())) for code in codes]]


class InquiryDecisionForm(Form):
    """What an attorney decides, and why. ``after``: the last decision that the page showed."""

    decision = SelectField(_("Decision"), [Required()], choices=lambda: _decisions(OURS), default="")
    reason = ChoiceField(_("Why"), [Required()], vocabulary="decision_reason")
    looked = BooleanField(_("I looked into the possible conflict"))
    after = HiddenField()


class EndingForm(Form):
    """What the person decided, or that nobody can reach them."""

    decision = SelectField(_("How it ended"), [Required()], choices=lambda: _decisions(THEIRS), default="")
    after = HiddenField()


class InquiryAnswerForm(Form):
    """What the person was told, when, and where else they can turn."""

    keeps_draft = True

    told_on = DayField(_("Told on"), [Required()], render_kw=_TEXT_OFF)
    words = LongTextField(_("What was told"), [Required()], most=2000, render_kw={"rows": "4"})
    elsewhere = LongTextField(_("Where else they can turn"), most=2000, render_kw={"rows": "4"})


class CapacityForm(Form):
    """How many open cases one attorney can answer for."""

    user_id = HiddenField()
    cases = WholeNumberField(_("Cases at most"), [Required()], most=1000, render_kw=_TEXT_OFF)
