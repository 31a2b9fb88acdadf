"""The forms of contacts: one way to reach a person with its rules, and what holds for all."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from mexile.ground import dates, organization
from mexile.ground.errors import Invalid
from mexile.ground.phone import normal_phone, parse_phone, shown_phone
from mexile.ground.vocabulary import vocabulary
from mexile.members.contact.models import MemberContact
from mexile.members.contact.rules import EVERY_DAY
from mexile.members.intake.forms import KnownForm
from mexile.members.person.rules import normal_email
from mexile.web.fields import ChoiceField, LongTextField, Required, SeveralField, TextField, TimeField
from mexile.web.form import Form
from mexile.web.i18n import lang

_OFF = {"autocomplete": "off", "spellcheck": "false"}
RULES = ("never_mx", "via_attorney", "in_person", "no_sms", "call_only")


def _days() -> list[tuple[str, str]]:
    return [(str(place), name) for place, name in enumerate(dates.WEEKDAYS[lang()])]


class ContactForm(KnownForm):
    """One way to reach a person. ``days`` are those on which it may be used; none ticked is every day."""

    version = HiddenField()
    kind = ChoiceField(_("By what"), [Required()], vocabulary="contact_kind")
    value = TextField(_("Number or address"), most=254, render_kw=_OFF)
    through = TextField(_("Through whom"), most=120, render_kw=_OFF)
    code_name = TextField(_("Code name to ask for"), most=80, render_kw=_OFF)
    no_voicemail = BooleanField(_("Leave no voicemail"))
    no_content = BooleanField(_("Nothing but “please call us” in a message"))
    is_shared = BooleanField(_("Others use it too"))
    via_attorney = BooleanField(_("Only through the attorney"))
    days = SeveralField(_("Days"), choices=_days)
    from_at = TimeField(_("From (hour)"), render_kw=_OFF)
    to_at = TimeField(_("To (hour)"), render_kw=_OFF)
    zone = ChoiceField(_("Where their clock is"), vocabulary="contact_zone")
    note = LongTextField(_("Note"), most=1000, render_kw={"rows": "2"})

    def validate_value(self, field: TextField) -> None:
        if not field.data:
            if self.kind.data != "through":
                raise ValidationError(gettext("Please fill this in."))
        elif self.kind.data == "email":
            if not normal_email(field.data):
                raise ValidationError(gettext("This is no e-mail address. It looks like name@example.org."))
        elif not _phone(field.data) and self.kind.data != "through":
            raise ValidationError(gettext("Please fill this in."))

    def validate_through(self, field: TextField) -> None:
        if self.kind.data == "through" and not field.data:
            raise ValidationError(gettext("Please fill this in."))

    def validate_to_at(self, field: TimeField) -> None:
        if (field.data is None) != (self.from_at.data is None):
            raise ValidationError(gettext("Write both hours or none."))
        if field.data is not None and field.data == self.from_at.data:
            raise ValidationError(gettext("From and to are the same hour."))

    def values(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        normal = normal_email if self.kind.data == "email" else normal_phone
        ticked = set(self.days.data or ())
        return {
            "kind": self.kind.data,
            "value": normal(self.value.data) if self.value.data else None,
            "through": self.through.data or None,
            "code_name": self.code_name.data or None,
            "note": self.note.data or None,
            "no_voicemail": self.no_voicemail.data,
            "no_content": self.no_content.data,
            "is_shared": self.is_shared.data,
            "via_attorney": self.via_attorney.data,
            "days": "".join("1" if str(day) in ticked else "0" for day in range(7)) if ticked else EVERY_DAY,
            "from_at": self.from_at.data,
            "to_at": self.to_at.data,
            "zone": self.zone.data or organization.zone(),
        }

    def phone(self) -> str | None:
        """The telephone number that was written, in its normal form."""
        return normal_phone(self.value.data) if self.value.data and self.kind.data != "email" else None


def values_of_contact(row: MemberContact) -> dict[str, Any]:
    """What a row holds, as the form shows it. Opens what is sealed."""
    value = row.value
    return {
        "kind": row.kind,
        "value": shown_phone(value) if value and row.kind != "email" else value,
        "through": row.through,
        "code_name": row.code_name,
        "note": row.note,
        "no_voicemail": row.no_voicemail,
        "no_content": row.no_content,
        "is_shared": row.is_shared,
        "via_attorney": row.via_attorney,
        "days": [] if row.days == EVERY_DAY else [str(day) for day, sign in enumerate(row.days) if sign == "1"],
        "from_at": row.from_at,
        "to_at": row.to_at,
        "zone": row.zone,
    }


def _phone(text: str) -> str | None:
    try:
        return parse_phone(text)
    except Invalid as wrong:
        raise ValidationError(wrong.problems[0].text(lang())) from None


class ContactRulesForm(Form):
    """What holds for every way to reach a person. `shown`: the rules that the page showed."""

    shown = HiddenField()
    safe = SeveralField(
        _("For every call and message"),
        choices=lambda: [(code, vocabulary("safe_contact").label(code, lang())) for code in RULES],
    )
