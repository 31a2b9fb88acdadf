"""The form of an invitation: password and second factor."""

from __future__ import annotations

from mexile.access.account.forms import PasswordForm, SeedForm


class InvitationForm(PasswordForm, SeedForm):
    """What an invited person sets: the password and the second factor."""
