"""The member's page of reads: who looked, when, at what."""

from __future__ import annotations

from flask import g, request, url_for
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from mexile.ground.text import number_sent
from mexile.members.blueprint import blueprint
from mexile.members.looked.queries import looks, who_looked
from mexile.members.name.queries import name_of
from mexile.members.person.queries import get_member
from mexile.web.fields import DayField
from mexile.web.form import Form
from mexile.web.page import render

KINDS = {
    "name": _("name"),
    "identity": _("legal name and date of birth"),
    "contact": _("telephone, e-mail, address"),
    "story": _("what happened and whom they flee from"),
    "plan": _("emergency plan"),
    "family": _("family and means to live"),
    "custody": _("custody"),
    "document": _("documents"),
    "note": _("notes of services"),
    "other": _("other sealed parts"),
}


class LookedForm(Form):
    """Which reads: of whom, of which day."""

    who = SelectField(_("Who"), choices=list, validate_choice=False)
    on = DayField(_("Day"))


@blueprint.route("/members/<code>/looked")
def looked(code: str) -> str:
    member = get_member(g.viewer, code)
    form = LookedForm(formdata=request.args)
    people = who_looked(member)
    form.who.choices = [("", _("everybody")), *people]
    form.validate()
    who = form.who.data if form.who.data in dict(people) else ""
    before = number_sent(request.args.get("before"))
    rows, further = looks(g.viewer, member, who=who, on=form.on.data, before=before)
    on = request.args.get("on") or None
    return render(
        "members/looked/looked.html",
        member=member,
        name=name_of(member, g.viewer),
        form=form,
        looks=rows,
        kinds=KINDS,
        is_filtered=bool(who or on),
        next_url=url_for("members.looked", code=code, who=who or None, on=on, before=further) if further else None,
    )
