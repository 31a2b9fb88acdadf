"""The forms of a session: sign in, unlock, confirm, end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField
from wtforms.widgets import TextInput

from mexile.web.fields import Required, TextField
from mexile.web.form import Form


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


class EndSessionForm(Form):
    """Which session to end."""

    session = HiddenField()
