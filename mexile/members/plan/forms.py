"""The form of an emergency plan."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField

from mexile.members.plan.queries import Plan
from mexile.web.fields import LongTextField, PhoneField, TextField
from mexile.web.form import Form

CHILDREN = 4
_OFF = {"autocomplete": "off", "spellcheck": "false"}
_ROWS = {"rows": "2"}
_CONSULATE = {"yes": True, "no": False}


class PlanForm(Form):
    """What to do when the person is taken. Made whole by the loop below: one line of fields for each child."""

    keeps_draft = True

    version = HiddenField()
    attorney = TextField(_("Attorney to call"), most=120, render_kw=_OFF)
    attorney_phone = PhoneField(_("The attorney's telephone"), render_kw=_OFF)
    medicine = LongTextField(_("Medicine and illnesses"), most=2000, render_kw=_ROWS)
    keys = LongTextField(_("Keys, car, pets, papers"), most=2000, render_kw=_ROWS)
    tell = LongTextField(_("Whom to tell what"), most=2000, render_kw=_ROWS)
    tell_not = LongTextField(_("Who must not hear of it"), most=2000, render_kw=_ROWS)
    tell_consulate = SelectField(
        _("May the consulate be told?"),
        choices=lambda: [
            ("", _("not asked yet")),
            ("no", _("no: do not tell the consulate")),
            ("yes", _("yes, the consulate may be told")),
        ],
        default="",
    )

    def values(self) -> dict[str, Any]:
        sealed = ("attorney", "attorney_phone", "medicine", "keys", "tell", "tell_not")
        told = {name: self[name].data or None for name in sealed}
        return {**told, "tell_consulate": _CONSULATE.get(self.tell_consulate.data)}

    def children(self) -> list[dict[str, str | None]]:
        """The lines in which something was written."""
        lines = [
            {name: self[f"{name}_{place}"].data or None for name in ("child", "school", "collector", "collector_phone")}
            for place in range(CHILDREN)
        ]
        return [line for line in lines if any(line.values())]


for _place in range(CHILDREN):
    setattr(PlanForm, f"child_{_place}", TextField(_("Name and age"), most=120, render_kw=_OFF))
    setattr(PlanForm, f"school_{_place}", TextField(_("School, hours"), most=160, render_kw=_OFF))
    setattr(PlanForm, f"collector_{_place}", TextField(_("Who collects them"), most=120, render_kw=_OFF))
    setattr(PlanForm, f"collector_phone_{_place}", PhoneField(_("Telephone of who collects them"), render_kw=_OFF))


def values_of_plan(held: Plan | None) -> dict[str, Any]:
    """What a plan holds, as the form shows it. Opens what is sealed."""
    if held is None:
        return {}
    plan = held.plan
    values: dict[str, Any] = {
        name: getattr(plan, name) for name in ("attorney", "attorney_phone", "medicine", "keys", "tell", "tell_not")
    }
    values["tell_consulate"] = {True: "yes", False: "no", None: ""}[plan.tell_consulate]
    for place, child in enumerate(held.children[:CHILDREN]):
        for name in ("child", "school", "collector", "collector_phone"):
            values[f"{name}_{place}"] = getattr(child, name)
    return values
