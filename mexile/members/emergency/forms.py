"""Asking for an emergency access, and the review of one."""

from flask_babel import lazy_gettext as _

from mexile.web.fields import ChoiceField, CodeField, LongTextField
from mexile.web.form import Form


class EmergencyForm(Form):
    """Whom, by code, and why. The action says what is wrong, all at once."""

    code = CodeField(_("The person's code"), render_kw={"autocomplete": "off", "required": True})
    reason = LongTextField(_("Why now?"), most=1000, render_kw={"rows": "4", "required": True})


class EmergencyReviewForm(Form):
    """What somebody else thinks of it."""

    verdict = ChoiceField(_("Was it justified?"), vocabulary="emergency_verdict", render_kw={"required": True})
    words = LongTextField(_("In a few words"), most=1000, render_kw={"rows": "3", "required": True})
