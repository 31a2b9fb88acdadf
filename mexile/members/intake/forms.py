"""The form of a member: alias first, what identifies a person only after consent; and
what is answered when another record has the same number."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from mexile.ground import organization, places
from mexile.ground.dates import day_of
from mexile.ground.marks import is_mark
from mexile.ground.vocabulary import vocabulary
from mexile.members.name.rules import parted
from mexile.members.person.actions import ConsentGiven
from mexile.members.person.models import Member
from mexile.members.person.rules import normal_a_number, normal_email
from mexile.web.fields import (
    ChoiceField,
    DayField,
    EmailField,
    LongTextField,
    NoPlaceholder,
    PhoneField,
    Required,
    TextField,
    WholeNumberField,
)
from mexile.web.form import Form
from mexile.web.i18n import lang


class KnownForm(Form):
    """``decision`` answers the warning that we may know the person under another record: "same:ME-0412",
    "relative:ME-0412", or "new" for another person. The page of the warning draws it."""

    decision = TextField()

    def answer(self) -> tuple[str, str]:
        """(what, the other code); ("", "") while nothing was chosen."""
        kind, _, other = (self.decision.data or "").partition(":")
        return (kind, other) if kind in ("same", "relative") and other or kind == "new" else ("", "")


FIRST_COUNTRIES = ("MX", "GT", "HN", "SV", "NI", "VE", "CU", "HT", "CO", "EC", "BR")
_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def countries() -> list[tuple[str, str]]:
    """Countries to choose from, those we meet most at the top."""
    names = dict(places.choices("country", lang()))
    first = [(code, names.pop(code)) for code in FIRST_COUNTRIES]
    return [("", "—"), *first, *names.items()]


class MemberForm(Form):
    """A member's record. All but the alias is optional; nothing identifying without consent."""

    keeps_draft = True

    alias = TextField(_("Alias"), [Required(), NoPlaceholder()], most=80, render_kw=_TEXT_OFF)
    safe_contact = ChoiceField(_("How may we safely answer?"), vocabulary="safe_contact")
    safe_note = TextField(
        _("Hours, a code word, who else uses the telephone"), most=300, free_note=True, render_kw=_TEXT_OFF
    )
    language = ChoiceField(_("Language"), vocabulary="language")
    pronoun = ChoiceField(_("Pronoun"), vocabulary="pronoun")
    gender = ChoiceField(_("Gender"), vocabulary="gender")
    nationality = SelectField(_("Nationality"), choices=countries, default="")
    origin_state = ChoiceField(_("State in Mexico"), vocabulary="mx_state")
    profile = ChoiceField(_("Why at risk"), vocabulary="member_profile")
    arrived_on = DayField(_("Arrived on"), render_kw=_TEXT_OFF)

    consent = BooleanField(_("The person agreed to this"))
    consent_on = DayField(_("Day of the consent"), render_kw=_TEXT_OFF)

    given_names = TextField(_("Given names"), [NoPlaceholder()], most=120, render_kw=_TEXT_OFF)
    surnames = TextField(_("Surnames, both of them"), [NoPlaceholder()], most=120, render_kw=_TEXT_OFF)
    preferred_name = TextField(_("What to call them"), [NoPlaceholder()], most=80, render_kw=_TEXT_OFF)
    birth_date = DayField(_("Date of birth"), render_kw=_TEXT_OFF, year="asked_past")
    birth_year = WholeNumberField(_("Or only the year"), least=1890, most=2100, render_kw=_TEXT_OFF)
    phone = PhoneField(_("Telephone"), render_kw=_TEXT_OFF)
    email = EmailField(_("E-mail"), most=254)
    address = LongTextField(_("Address"), most=500, free_note=False, render_kw={"rows": "3", "autocomplete": "off"})

    def validate_email(self, field: TextField) -> None:
        if field.data and not normal_email(field.data):
            raise ValidationError(gettext("This is no e-mail address. It looks like name@example.org."))

    def validate_consent_on(self, field: DayField) -> None:
        if self.consent.data and field.data is None and not field.errors:
            field.data = organization.today()

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        own = ("csrf", "form_token", "draft_place", "consent", "version", "decision", "household", "role", "relative")
        values = {field.name: field.data or None for field in self if field.name not in own}
        if values["email"]:
            values["email"] = normal_email(values["email"])
        return values

    def consent_given(self) -> ConsentGiven | None:
        """The consent that was ticked, to the newest words."""
        if not self.consent.data or self.consent_on.data is None:
            return None
        return ConsentGiven(consent_version(), self.consent_on.data)


class IntakeForm(MemberForm):
    """A new member. ``decision`` answers the warning that we may know the person already:
    "new", or "relative:ME-0412"; ``household`` is the household the person is added to; ``relative``
    ("ME-0412/RE-0003") the relative without a record who gets one."""

    a_number = TextField(_("A-number"), most=40, render_kw=_TEXT_OFF)
    decision = TextField()
    household = HiddenField()
    relative = HiddenField()
    role = ChoiceField(_("Place in the household"), vocabulary="household_role")

    def validate_a_number(self, field: TextField) -> None:
        if field.data and not normal_a_number(field.data):
            raise ValidationError(
                gettext("An A-number has seven to nine digits: %(number)s has not.", number=field.data[:20])
            )

    def values(self) -> dict[str, Any]:
        values = super().values()
        if values["a_number"]:
            values["a_number"] = normal_a_number(values["a_number"]) or values["a_number"]
        return values


class EditForm(KnownForm, MemberForm):
    """A member's record, changed. ``version`` is the one the page showed; ``relative`` ("ME-0412/RE-0003")
    the relative without a record who turned out to be this member."""

    version = HiddenField()
    relative = HiddenField()


def consent_version() -> str:
    """The version of the consent's words that is read aloud now: the last of the vocabulary."""
    return list(vocabulary("consent_text"))[-1]


def values_of(member: Member) -> dict[str, Any]:
    """What a member's record holds, as the form shows it. Opens every sealed field."""
    legal = member.legal_name
    told = member.surnames
    given, surnames = parted(legal, told) if legal else (None, None)
    if is_mark(legal) or is_mark(told):  # both parts are of one name: neither is changed without the other
        given = surnames = legal if is_mark(legal) else told
    born = member.birth_date
    clear = ("safe_contact", "language", "pronoun", "gender", "nationality", "origin_state", "profile")
    return {
        **{name: getattr(member, name) or "" for name in clear},
        "alias": member.alias,
        "safe_note": member.safe_note,
        "arrived_on": member.arrived_on,
        "given_names": given,
        "surnames": surnames,
        "preferred_name": member.preferred_name,
        "birth_date": born if is_mark(born) else day_of(born),
        "birth_year": None if born else member.birth_year,
        "phone": member.phone,
        "email": member.email,
        "address": member.address,
    }
