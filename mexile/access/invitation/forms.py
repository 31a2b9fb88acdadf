"""The form of an invitation: password and second factor; for the first director also who that is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from mexile.access.account.forms import PasswordForm, SeedForm
from mexile.web.fields import EmailField, Required, TextField
from mexile.web.i18n import lang


class InvitationForm(PasswordForm, SeedForm):
    """What an invited person sets: the password and the second factor."""

    def given(self, seed: str) -> dict[str, str]:
        return {"password": self.password.data or "", "seed": seed, "code": self.code.data}


class FirstDirectorForm(InvitationForm):
    """What the first director sets, whose account is made by it."""

    name = TextField(_("Your name"), [Required()], most=120, render_kw={"autocomplete": "name"})
    email = EmailField(_("Your e-mail"), [Required()], render_kw={"autocomplete": "email"})

    def given(self, seed: str) -> dict[str, str]:
        return {**super().given(seed), "name": self.name.data, "email": self.email.data, "language": lang()}
