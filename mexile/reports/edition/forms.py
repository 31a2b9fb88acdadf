"""The form in which a file is dropped, to learn which edition it is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import FileField

from mexile.web.form import Form


class VerifyForm(Form):
    file = FileField(_("Excel file"))
