"""The forms of an account: a new person, a password, a second factor, the end of an access."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, SelectField
from wtforms.validators import ValidationError

from mexile.access.account.queries import absence_of, name_of_user, with_roles
from mexile.access.policy import WORKS
from mexile.access.role.forms import role_choices
from mexile.web.fields import EmailField, Required, SeveralField, TextField, chosen_number
from mexile.web.form import Form


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


class NewPersonForm(Form):
    """Somebody who begins to work here."""

    keeps_draft = True

    name = TextField(_("Name"), [Required()], most=120, render_kw={"autocomplete": "off"})
    email = EmailField(_("E-mail"), [Required()])
    roles = SeveralField(_("Roles"), [Required()])
    language = SelectField(_("Language"), choices=lambda: [("en", "English"), ("es", "Español")])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.roles.choices = role_choices()


def team() -> list[tuple[int | str, str]]:
    """Who works with members, to choose one of them."""
    return [("", "—"), *with_roles(*WORKS)]


class EndAccessForm(Form):
    """Why somebody's access ends."""

    reason = TextField(_("Reason"), [Required()], most=300)
    everything = SelectField(_("Who takes all that is left"), choices=team, coerce=chosen_number, default="")


ABSENCE = {"ended": _("no longer here"), "invited": _("not here yet"), "role": _("not in this role now")}


def keep_choice(field: SelectField, user_id: int | None) -> None:
    """Who stands there now is a choice too when they have gone: whoever changes something else on the page takes
    nobody's place away in silence, and what is left stays listed for a colleague."""
    choices = [(value, word) for value, word, *_ in field.iter_choices()]
    if user_id and all(value != user_id for value, _word in choices):
        gone = f"{name_of_user(user_id)} ({ABSENCE[absence_of(user_id)]})"
        field.choices = [*choices, (user_id, gone)]
