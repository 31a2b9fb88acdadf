"""The organization's settings."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.blueprint import blueprint
from mexile.access.organization.actions import SETTINGS, change_organization
from mexile.access.organization.forms import OrganizationForm
from mexile.access.organization.rules import zones
from mexile.ground.errors import Conflict
from mexile.ground.organization import organization as settings
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences


@blueprint.route("/organization", methods=["GET", "POST"])
def organization() -> ResponseReturnValue:
    form = OrganizationForm(obj=settings())
    page = lambda **more: render("access/organization/organization.html", form=form, zones=zones(lang()), **more)
    if request.method == "GET":
        return page()
    theirs = request.form.getlist("theirs")
    typed = {name: field.data or "" for name, field in form.typed().items() if name not in ("version", *theirs)}
    if "is_exempt" in typed:
        typed["is_exempt"] = int(bool(typed["is_exempt"]))

    def both(_changed: Conflict) -> str:
        form.version.data = str(settings().version)
        return page(
            differing=differences(
                form,
                {**{name: getattr(settings(), name) for name in SETTINGS}, "is_exempt": bool(settings().is_exempt)},
            )
        )

    return save(
        form,
        lambda: change_organization(version=form.version_shown(), **typed),
        url_for("access.organization"),
        page,
        conflict=both,
        said=_("Saved. Receipts and reports print it from now on."),
    )
