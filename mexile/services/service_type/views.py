"""The types of service: the list, one of them with its history, a new one, retiring it and taking it up again."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.ground.errors import Conflict
from mexile.ground.organization import today
from mexile.services.blueprint import blueprint
from mexile.services.service_type.actions import add_type, change_type, retire_type
from mexile.services.service_type.forms import TypeForm
from mexile.services.service_type.models import ServiceType
from mexile.services.service_type.queries import changes_of, get_type, kinds
from mexile.services.service_type.rules import kinds_of_type
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs


@blueprint.route("/services/types", endpoint="service_types")
def type_list() -> str:
    every = list(kinds().values())
    return render(
        "services/service_type/service_types.html",
        types=[kind for kind in every if kind.retired_on is None],
        retired=[kind for kind in every if kind.retired_on],
    )


@blueprint.route("/services/types/new", methods=["GET", "POST"])
def new_service_type() -> ResponseReturnValue:
    form = TypeForm()
    page = lambda: _page(form, None)
    if request.method == "GET":
        return page()
    to = url_for("services.service_types")
    return save(form, lambda: add_type(viewer=g.viewer, values=form.values()), to, page, said=_("Saved."))


@blueprint.route("/services/types/<code>", methods=["GET", "POST"])
def service_type(code: str) -> ResponseReturnValue:
    held = get_type(code)
    if request.method == "GET":
        return _page(TypeForm(obj=held), held)
    form = TypeForm()

    def stale(_error: Conflict) -> str:
        form.version.data = str(held.version)
        return _page(form, held, differences(form, form.values_in(held)))

    return save(
        form,
        lambda: change_type(
            viewer=g.viewer,
            code=code,
            version=form.version_shown(),
            values=form.values_in(held) | not_theirs(form),
        ),
        url_for("services.service_types"),
        lambda: _page(form, held),
        conflict=stale,
        said=_("Saved."),
    )


@blueprint.route("/services/types/<code>/retirement", methods=["POST"])
def service_type_retirement(code: str) -> ResponseReturnValue:
    """Retires a type, or takes a retired one up again."""
    on = None if get_type(code).retired_on else today()
    return save(
        Form(),
        lambda: retire_type(viewer=g.viewer, code=code, on=on),
        url_for("services.service_type", code=code),
    )


def _page(form: TypeForm, held: ServiceType | None, differing: object = None) -> str:
    changes = changes_of(held.code) if held else []
    return render(
        "services/service_type/service_type.html",
        form=form,
        type=held,
        changes=changes,
        differing=differing,
        can_retire=held is not None and not kinds_of_type(held.code),
    )
