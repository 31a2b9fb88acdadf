"""The form that asks for a link to a donor's own page."""

from flask_babel import lazy_gettext as _

from mexile.donors.forms import is_email
from mexile.web.fields import EmailField, Required
from mexile.web.form import Form


class LinkForm(Form):
    """Asks for a link to the donor's own page."""

    email = EmailField(
        _("The e-mail address of your receipts"),
        [Required(), is_email],
        most=200,
        render_kw={"autocomplete": "email"},
    )
