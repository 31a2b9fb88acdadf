"""The forms of consents: how far one goes, and the day on which it was taken back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.members.consent.rules import audiences_of, is_enough, most_of
from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField
from mexile.web.form import OWN, Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def _team() -> list[tuple[int, str]]:
    return list(with_roles(*WORKS))


class ConsentForm(Form):
    """A consent for one purpose, which the page has chosen: the words read aloud depend on it."""

    keeps_draft = True

    purpose = HiddenField()
    renews = HiddenField()
    audience = SelectField(_("For whom"), [Required()])
    level = SelectField(_("How much of who they are"), [Required()])
    channel = ChoiceField(_("By which way"), [Required()], vocabulary="consent_channel", empty=False, default="any")
    language = ChoiceField(_("Language of the explanation"), [Required()], vocabulary="language")
    obtained_by = SelectField(_("Who explained it"), [Required()], choices=_team, coerce=int)
    given_on = DayField(_("Day of the consent"), render_kw=_TEXT_OFF)
    expires_on = DayField(_("Until and with"), render_kw=_TEXT_OFF, year="next")
    guardian = TextField(_("Who consented for a minor"), most=120, render_kw=_TEXT_OFF)
    evidence = ChoiceField(_("What shows it"), [Required()], vocabulary="consent_evidence")
    witness = TextField(_("Who was the witness"), most=120, render_kw=_TEXT_OFF)
    withheld = LongTextField(
        _("What must not be told, and to whom"), most=500, render_kw={"rows": "3", "autocomplete": "off"}
    )

    def offer(self, purpose: str) -> None:
        """Only audiences and levels that the purpose allows."""
        self.purpose.data = purpose
        self.audience.choices = _words("consent_audience", audiences_of(purpose))
        levels = [code for code in vocabulary("identity_level") if is_enough(most_of(purpose), code)]
        self.level.choices = _words("identity_level", levels)

    def values(self) -> dict[str, Any]:
        filled = {name: field.data for name, field in self._fields.items() if name not in OWN}
        return {**filled, "renews": number_sent(filled["renews"])}


def _words(name: str, codes: list[str]) -> list[tuple[str, str]]:
    words = vocabulary(name)
    return [(code, words.label(code, lang())) for code in codes]


class RevocationForm(Form):
    """The day on which the person took the consent back."""

    revoked_on = DayField(_("Taken back on"), render_kw=_TEXT_OFF)
