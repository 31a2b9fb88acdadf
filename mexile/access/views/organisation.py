"""The organisation's settings."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from mexile.access.actions.organisation import SETTINGS, change_organisation
from mexile.access.blueprint import blueprint
from mexile.access.forms import OrganisationForm
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.ground.organisation import organisation as settings
from mexile.web.page import door, notice, render
from mexile.web.stale import differences

door(lazy_gettext("Organization"), "access.organisation", 85)


@blueprint.route("/organisation", methods=["GET", "POST"])
def organisation() -> ResponseReturnValue:
    form = OrganisationForm(obj=settings())
    if request.method == "GET":
        return render("access/organisation.html", form=form)
    if not form.validate():
        return render("access/organisation.html", form=form), 422
    theirs = request.form.getlist("theirs")
    typed = {name: field.data for name, field in form.typed().items() if name not in ("version", *theirs)}
    try:
        with writing():
            change_organisation(version=form.version_shown(), **typed)
    except Conflict:
        stands = {name: getattr(settings(), name) for name in SETTINGS}
        form.version.data = str(settings().version)
        return render("access/organisation.html", form=form, differing=differences(form, stands)), 409
    except Invalid as wrong:
        form.add(wrong.problems)
        return render("access/organisation.html", form=form), 422
    notice("done", _("Saved. Receipts and reports print it from now on."))
    return redirect(url_for("access.organisation"))
