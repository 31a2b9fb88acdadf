"""What development and the director fill in."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField
from wtforms.validators import Optional, ValidationError

from mexile.web.fields import CodeField, EmailField, LongTextField, Required, TextField
from mexile.web.form import Form


def is_email(form: Any, field: Any) -> None:
    """The address has the shape of one; whether somebody reads it is seen by the receipt."""
    try:
        validate_email(field.data or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValidationError(gettext("Write an e-mail address, such as ana@example.org.")) from None


RECORDED = ("cheque", "cash", "wire", "in_kind")
NEW = "new"


def languages() -> RadioField:
    """In which language a donor is written to."""
    return RadioField(
        _("Language of the receipt"), choices=lambda: [("en", "English"), ("es", "Español")], default="en"
    )


class DonorForm(Form):
    """Who a donor is. What was printed before stays as it was printed."""

    name = TextField(_("Name"), [Required()], most=120)
    email = EmailField(_("E-mail"), [Optional(), is_email], most=200)
    address = LongTextField(_("Address for the receipt"), most=400, free_note=False)
    contact = TextField(_("Contact person"), most=200)
    note = LongTextField(_("Note for the staff"), most=2000)
    language = languages()
    version = HiddenField(default="0")


class MergeDonorForm(Form):
    """Which other donor is the same one."""

    other = CodeField(_("Code of the other donor"), [Required()], most=20)
