"""The forms of a name that conflict checks compare."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.ground.vocabulary import vocabulary
from mexile.web.fields import ChoiceField, NoPlaceholder, PhoneField, Required, TextField
from mexile.web.form import Form
from mexile.web.i18n import lang

_TEXT_OFF = {"autocomplete": "off", "spellcheck": "false"}


def _kinds(*codes: str) -> list[tuple[str, str]]:
    words = vocabulary("named_kind")
    return [(code, words.label(code, lang())) for code in codes]


class AdverseForm(Form):
    """A name for a member that conflict checks compare: their persecutors and their own names are written elsewhere."""

    kind = SelectField(_("Whose name"), [Required()], choices=lambda: _kinds("adverse", "relative"))
    name = TextField(
        _("Name, with both surnames if known"), [Required(), NoPlaceholder()], most=120, render_kw=_TEXT_OFF
    )
    phone = PhoneField(_("Telephone"), render_kw=_TEXT_OFF)


class NameForm(AdverseForm):
    """The same for an inquiry: everybody's name, also a persecutor's."""

    kind = ChoiceField(_("Whose name"), [Required()], vocabulary="named_kind")
    persecutor = ChoiceField(_("Of a persecutor: what kind"), vocabulary="persecutor")
