"""The form that corrects a receipt."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from mexile.donors.forms import languages
from mexile.web.fields import LongTextField, Required, TextField
from mexile.web.form import Form


class ReceiptCorrectionForm(Form):
    """What a receipt should have said. A new one takes its place; `receipt` is the one that is corrected."""

    name = TextField(_("Name"), [Required()], most=120)
    address = LongTextField(_("Address for the receipt"), most=400, free_note=False)
    language = languages()
    receipt = HiddenField()
