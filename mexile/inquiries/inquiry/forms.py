"""The form of an inquiry: a safe way to answer first, and nothing that identifies."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField

from mexile.access.account.queries import with_roles
from mexile.access.policy import INQUIRES
from mexile.ground import organization
from mexile.ground.text import number_sent
from mexile.inquiries.inquiry.models import Inquiry
from mexile.members.intake.forms import consent_version, countries
from mexile.members.person.actions import ConsentGiven
from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, TextField, chosen_number
from mexile.web.form import Form

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}
_NOT_VALUES = ("csrf", "form_token", "draft_place", "consent", "version", "arrival")


def team() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(*INQUIRES)]


class ConsentFields(Form):
    """A consent to the newest words, and the day of it."""

    consent = BooleanField(_("The person agreed to this"))
    consent_on = DayField(_("Day of the consent"), render_kw=_TEXT_OFF)

    def consent_given(self) -> ConsentGiven | None:
        """The consent that was ticked; today where no day was said."""
        if not self.consent.data:
            return None
        return ConsentGiven(consent_version(), self.consent_on.data or organization.today())


class TakingForm(ConsentFields):
    """From an inquiry to a member: the consent, and for whom we represent where the case stands."""

    posture = ChoiceField(_("Where it stands"), [Required()], vocabulary="case_posture")


class InquiryForm(ConsentFields):
    """An inquiry. Only an alias or a safe way is needed. ``arrival``: the party it is opened from;
    ``version``: the one that the page showed."""

    keeps_draft = True

    safe_contact = ChoiceField(_("How"), vocabulary="safe_contact")
    answer = TextField(
        _("Number, account, or through whom; hours, a code word"), most=300, free_note=True, render_kw=_TEXT_OFF
    )
    alias = TextField(_("Alias"), most=80, render_kw=_TEXT_OFF)
    urgency = ChoiceField(_("How soon"), vocabulary="inquiry_urgency")
    profile = ChoiceField(_("Why at risk"), vocabulary="member_profile")
    country = SelectField(_("Country"), choices=countries, default="")
    state = ChoiceField(_("State in Mexico"), vocabulary="mx_state")
    language = ChoiceField(_("Language"), vocabulary="language")
    heard_of_us = ChoiceField(_("How they heard of us"), vocabulary="heard_of_us")
    note = LongTextField(_("What they ask"), most=2000, render_kw={"rows": "4", "autocomplete": "off"})
    asked_on = DayField(_("Asked on"), render_kw=_TEXT_OFF)
    answers_user_id = SelectField(_("Who answers"), choices=team, default="", coerce=chosen_number)
    answer_due_on = DayField(_("By when"), render_kw=_TEXT_OFF, year="next")
    arrival = HiddenField()
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        values = {field.name: field.data or None for field in self if field.name not in _NOT_VALUES}
        given = self.consent_given()
        if given:
            values["consent_on"], values["consent_version"] = given.on, given.version
        else:
            values.pop("consent_on")
        return values

    def arrival_id(self) -> int | None:
        return number_sent(self.arrival.data)


def values_of(row: Inquiry) -> dict[str, Any]:
    """What an inquiry holds, as the form shows it. Opens what is sealed."""
    clear = ("safe_contact", "urgency", "profile", "country", "state", "language", "heard_of_us")
    return {
        **{name: getattr(row, name) or "" for name in clear},
        "alias": row.alias,
        "answer": row.answer,
        "note": row.note,
        "asked_on": row.asked_on,
        "answers_user_id": row.answers_user_id,
        "answer_due_on": row.answer_due_on,
        "consent": row.consent_on is not None,
        "consent_on": row.consent_on,
    }
