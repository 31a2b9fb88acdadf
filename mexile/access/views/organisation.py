"""The organisation's settings."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from mexile.access.actions.organisation import SETTINGS, change_organisation
from mexile.access.blueprint import blueprint
from mexile.access.forms import OrganisationForm
from mexile.ground.errors import Conflict
from mexile.ground.organisation import organisation as settings
from mexile.web.page import door, render
from mexile.web.save import save
from mexile.web.stale import differences

door(lazy_gettext("Organization"), "access.organisation", 85)


@blueprint.route("/organisation", methods=["GET", "POST"])
def organisation() -> ResponseReturnValue:
    form = OrganisationForm(obj=settings())
    page = lambda **more: render("access/organisation.html", form=form, **more)
    if request.method == "GET":
        return page()
    theirs = request.form.getlist("theirs")
    typed = {name: field.data for name, field in form.typed().items() if name not in ("version", *theirs)}

    def both(_changed: Conflict) -> str:
        form.version.data = str(settings().version)
        return page(differing=differences(form, {name: getattr(settings(), name) for name in SETTINGS}))

    return save(
        form,
        lambda: change_organisation(version=form.version_shown(), **typed),
        url_for("access.organisation"),
        page,
        conflict=both,
        said=_("Saved. Receipts and reports print it from now on."),
    )
