"""The staff, with the roles that count and those that wait for a director."""

from __future__ import annotations

from flask import g
from flask_babel import lazy_gettext as _

from mexile.access.queries.people import people as staff
from mexile.access.views import blueprint
from mexile.web.page import door, render

door(_("People"), "access.people", 80)


@blueprint.route("/people")
def people() -> str:
    return render("access/people.html", people=staff(g.viewer))
