"""The form of a forgotten password: the mail address, known here or not."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.validators import ValidationError

from mexile.ground.sender import is_address
from mexile.web.fields import EmailField, Required
from mexile.web.form import Form


class ForgottenForm(Form):
    """Where the letter goes."""

    email = EmailField(_("E-mail"), [Required()], render_kw={"autocomplete": "username"})

    def validate_email(self, field: Any) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(gettext("Write a mail address."))
