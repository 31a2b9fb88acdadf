"""The form of a persecutor."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.members.place_lived.forms import _OFF
from mexile.web.fields import ChoiceField, LongTextField, Required, TextField
from mexile.web.form import Form


class PersecutorForm(Form):
    """Whom a person flees from. What is left empty of the state and the reach comes from the kind."""

    kind = ChoiceField(_("Who"), [Required()], vocabulary="persecutor")
    state_actor = SelectField(
        _("Part of the state"),
        choices=lambda: [("", _("as usual for this kind")), ("yes", _("yes")), ("no", _("no"))],
        default="",
    )
    reach = ChoiceField(_("How far they reach"), vocabulary="persecutor_reach")
    collusion = ChoiceField(_("The part of the state in it"), vocabulary="collusion")
    name = TextField(_("Name of the person or group"), most=160, render_kw=_OFF)
    note = LongTextField(_("Note"), most=4000, render_kw={"rows": "3"})

    def values(self) -> dict[str, Any]:
        return {
            "kind": self.kind.data,
            "state_actor": {"yes": True, "no": False}.get(self.state_actor.data),
            "reach": self.reach.data,
            "collusion": self.collusion.data,
            "name": self.name.data or None,
            "note": self.note.data or None,
        }
