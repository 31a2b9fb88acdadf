"""The forms of what happened: persecutors, entries, places lived, and of a pause."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField

from mexile.web.fields import ChoiceField, DayField, LongTextField, Required, RoughDayField, TextField
from mexile.web.form import Form

_OFF = {"autocomplete": "off", "spellcheck": "false"}


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


class EntryForm(Form):
    """An entry that has happened. ``sure`` answers a doubt that was shown."""

    manner = ChoiceField(_("How they came in"), [Required()], vocabulary="manner_of_entry")
    on = RoughDayField(_("Day of entry"), render_kw=_OFF)
    sure = BooleanField(_("I looked at it again: save it so"))


class PlaceLivedForm(Form):
    """Where a person lived after the first threat."""

    keeps_draft = True

    state = ChoiceField(_("State in Mexico"), [Required()], vocabulary="mx_state")
    town = TextField(_("Municipality or town"), most=120, render_kw=_OFF)
    from_on = RoughDayField(_("From"), render_kw=_OFF)
    to_on = RoughDayField(_("To"), render_kw=_OFF)
    happened = LongTextField(_("What happened there"), most=4000, render_kw={"rows": "4"})
    found = LongTextField(_("How they were found"), most=4000, render_kw={"rows": "4"})

    def values(self) -> dict[str, Any]:
        sealed = {name: self[name].data or None for name in ("town", "happened", "found")}
        return {"state": self.state.data, "from_on": self.from_on.data, "to_on": self.to_on.data, **sealed}


class PauseForm(Form):
    """Why we wait with a person, and until when."""

    reason = ChoiceField(_("Why"), [Required()], vocabulary="pause_reason")
    until_on = DayField(_("Ask again on"), render_kw=_OFF, year="next")
