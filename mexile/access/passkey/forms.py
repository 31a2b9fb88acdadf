"""The forms of passkeys: a new one, and the end of one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from mexile.web.fields import Required, TextField
from mexile.web.form import Form


class PasskeyForm(Form):
    """A name by which one tells it from the others, and what the device answered."""

    name = TextField(_("What you call it"), [Required()], most=60, render_kw={"autocomplete": "off"})
    credential = HiddenField()


class EndPasskeyForm(Form):
    """Which passkey to remove."""

    passkey = HiddenField()
