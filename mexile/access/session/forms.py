"""The forms of a session: sign in, unlock, confirm, end."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField

from mexile.access.viewer import Viewer
from mexile.web.fields import EmailField, Required, TextField
from mexile.web.form import Form


class SignInForm(Form):
    """E-mail, password and the code of the moment."""

    email = EmailField(_("E-mail"), [Required()], render_kw={"autocomplete": "username"})
    password = PasswordField(_("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    code = TextField(
        _("Code from the telephone"),
        [Required()],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"},
    )
    next = HiddenField()
    credential = HiddenField()
    """What a passkey answered, in the place of all the rest."""


class UnlockForm(Form):
    """The password alone opens the page again, or a passkey."""

    password = PasswordField(_("Password"), [Required()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
    held = HiddenField()
    credential = HiddenField()


class ConfirmForm(UnlockForm):
    """The password, and a code when the second factor is older than 15 minutes."""

    code = TextField(
        _("Code from the telephone"),
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )

    def validate_for(self, viewer: Viewer) -> bool:
        """Whether all is filled in that this person has to give."""
        is_whole = self.validate()
        if viewer.needs_second_factor and not self.code.data:
            self.code.errors = [gettext("Please fill this in.")]
            return False
        return is_whole


class EndSessionForm(Form):
    """Which session to end."""

    session = HiddenField()
