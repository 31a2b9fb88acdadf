"""The forms of a media request."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.ground.vocabulary import vocabulary
from mexile.media.rules import PURPOSES
from mexile.web.fields import ChoiceField, CodeField, DayField, LongTextField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def _purposes() -> list[tuple[str, str]]:
    return [("", "—"), *((code, vocabulary("consent_scope").label(code, lang())) for code in PURPOSES)]


def _audiences() -> list[tuple[str, str]]:
    """Those that some purpose of a request can be for."""
    words = vocabulary("consent_audience")
    codes = {audience for code in PURPOSES for audience in vocabulary("consent_scope")[code].more["audiences"]}
    return [("", "—"), *((code, words.label(code, lang())) for code in words if code in codes)]


class MediaRequestForm(Form):
    """Who asks, for what, by when, and which consent somebody must hold to be offered."""

    keeps_draft = True

    outlet_kind = ChoiceField(_("Who asks"), [Required()], vocabulary="media_outlet")
    outlet = TextField(_("Name of the outlet or office"), [Required()], most=120, render_kw=_TEXT_OFF)
    asker = TextField(_("Person who asks"), most=120, render_kw=_TEXT_OFF)
    contact = TextField(_("How to reach them"), most=120, render_kw=_TEXT_OFF)
    wanted = LongTextField(_("What for"), [Required()], most=1000, render_kw={"rows": "4", "autocomplete": "off"})
    purpose = SelectField(_("Consent that it needs"), [Required()], choices=_purposes, default="")
    audience = SelectField(_("For whom"), [Required()], choices=_audiences, default="")
    level = ChoiceField(_("How much of who they are"), [Required()], vocabulary="identity_level")
    asked_on = DayField(_("Requested on"), render_kw=_TEXT_OFF)
    by_on = DayField(_("By when"), render_kw=_TEXT_OFF, year="next")


class ChoiceForm(Form):
    """Whom to offer the request; only the code of somebody whose consent fits is taken."""

    member = CodeField(_("Who"), [Required()], most=12)


class MediaAnswerForm(Form):
    """The attorney's yes or no."""

    answer = SelectField(_("Answer"), [Required()], choices=lambda: [("yes", "yes"), ("no", "no")])


class PublicationForm(Form):
    """What was published."""

    published_on = DayField(_("Published on"), [Required()], render_kw=_TEXT_OFF)
    published = TextField(_("Where, and under which title"), [Required()], most=300, render_kw=_TEXT_OFF)


class ConsequenceForm(Form):
    """What followed."""

    kind = ChoiceField(_("What followed"), [Required()], vocabulary="media_consequence")
    member = CodeField(_("For whom of those chosen (code)"), most=12, render_kw=_TEXT_OFF)
    followed_on = DayField(_("On which day"), render_kw=_TEXT_OFF, year="asked")
    note = LongTextField(_("What happened"), most=1000, render_kw={"rows": "3", "autocomplete": "off"})


class MediaClosureForm(Form):
    """The request is finished, and why."""

    reason = ChoiceField(_("Why"), [Required()], vocabulary="media_closure")
