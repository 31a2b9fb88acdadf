"""The forms of the door: sign in, unlock, confirm."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, SelectField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from mexile.access.policy import WORKS
from mexile.access.queries.people import absence_of, name_of_user, with_roles
from mexile.access.roles import ROLES, word
from mexile.ground import dates
from mexile.web.fields import LongTextField, Required, SeveralField, TextField, chosen_number
from mexile.web.form import Form
from mexile.web.i18n import lang


class _Mail(TextInput):
    input_type = "email"


class SignInForm(Form):
    """E-mail, password and the code of the moment."""

    email = TextField(_("E-mail"), [Required()], widget=_Mail(), render_kw={"autocomplete": "username"})
    password = PasswordField(_("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    code = TextField(
        _("Code from the telephone"),
        [Required()],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"},
    )
    next = HiddenField()


class UnlockForm(Form):
    """The password alone opens the page again."""

    password = PasswordField(_("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
    held = HiddenField()


class ConfirmForm(UnlockForm):
    """The password, and a code when the second factor is older than 15 minutes."""

    code = TextField(
        _("Code from the telephone"),
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class SeedForm(Form):
    """A code from the new telephone proves that it has the seed, which the form carries signed."""

    seed = HiddenField()
    code = TextField(
        _("Code from the telephone"),
        [Required()],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class PasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(_("New password"), [Required()], render_kw={"autocomplete": "new-password"})
    again = PasswordField(_("New password, once more"), [Required()], render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: Any) -> None:
        if self.password.data and field.data and field.data != self.password.data:
            raise ValidationError(gettext("The two passwords are not the same."))


class InvitationForm(PasswordForm, SeedForm):
    """What an invited person sets: the password and the second factor."""


class EndSessionForm(Form):
    """Which session to end."""

    session = HiddenField()


def _roles() -> list[tuple[str, str]]:
    return [(role, word(role, lang())) for role in ROLES]


class NewPersonForm(Form):
    """Somebody who begins to work here."""

    keeps_draft = True

    name = TextField(_("Name"), [Required()], most=120, render_kw={"autocomplete": "off"})
    email = TextField(_("E-mail"), [Required()], widget=_Mail(), render_kw={"autocomplete": "off"})
    roles = SeveralField(_("Roles"), [Required()])
    language = SelectField(_("Language"), choices=lambda: [("en", "English"), ("es", "Español")])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.roles.choices = _roles()


class RoleForm(Form):
    """One role to give."""

    role = SelectField(_("Role"), [Required()], choices=_roles)


def _team() -> list[tuple[int | str, str]]:
    return [("", "—"), *with_roles(*WORKS)]


class EndAccessForm(Form):
    """Why somebody's access ends."""

    reason = TextField(_("Reason"), [Required()], most=300)
    everything = SelectField(_("Who takes all that is left"), choices=_team, coerce=chosen_number, default="")


class HandOverForm(Form):
    """Who takes what somebody holds; each thing has a choice of its own beside it."""

    everything = SelectField(_("Who takes all that is left"), choices=_team, coerce=chosen_number, default="")


ABSENCE = {"ended": _("no longer here"), "invited": _("not here yet"), "role": _("not in this role now")}


def keep_choice(field: SelectField, user_id: int | None) -> None:
    """Who stands there now is a choice too when they have gone: whoever changes something else on the page takes
    nobody's place away in silence, and what is left stays listed for a colleague."""
    choices = [(value, word) for value, word, *_ in field.iter_choices()]
    if user_id and all(value != user_id for value, _word in choices):
        gone = f"{name_of_user(user_id)} ({ABSENCE[absence_of(user_id)]})"
        field.choices = [*choices, (user_id, gone)]


ZONES = (
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Mexico_City",
    "America/Ciudad_Juarez",
    "America/Tijuana",
)
"""The zones of the United States and of the border."""


class OrganizationForm(Form):
    """What receipts, mails and reports print of the organization."""

    version = HiddenField()
    legal_name = TextField(_("Legal name"), [Required()])
    short_name = TextField(_("Short name"), [Required()], most=60)
    ein = TextField(_("Tax number (EIN)"), [Required()], most=20)
    address = LongTextField(_("Postal address"), [Required()], most=400, free_note=False)
    sentence_en = TextField(_("One sentence in English"), [Required()])
    sentence_es = TextField(_("One sentence in Spanish"), [Required()])
    mail_from = TextField(_("Mails come from"), [Required()])
    zone = SelectField(_("Time zone"), choices=lambda: [(name, name) for name in ZONES])
    fiscal_year_month = SelectField(
        _("The fiscal year begins in"),
        coerce=int,
        choices=lambda: [(n, dates.month_name(n, lang())) for n in range(1, 13)],
    )
