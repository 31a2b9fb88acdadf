"""The places: a list that people fill, or paste."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.cases.blueprint import blueprint
from mexile.cases.place.actions import add_place, edit_place, import_places
from mexile.cases.place.forms import PlaceForm, PlacesForm
from mexile.cases.place.queries import get_place, places
from mexile.cases.place.rules import read_places
from mexile.ground.errors import Conflict
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs


@blueprint.route("/places", endpoint="places")
def place_list() -> str:
    return render("cases/place/places.html", places=places())


@blueprint.route("/places/new", methods=["GET", "POST"])
def new_place() -> ResponseReturnValue:
    form = PlaceForm()
    page = lambda: form_page("place", form, _("Add a place"), url_for("cases.new_place"))
    if request.method == "GET":
        form.zone.data = "America/Denver"
        return page()
    return save(form, lambda: add_place(viewer=g.viewer, values=form.values()), url_for("cases.places"), page)


@blueprint.route("/places/<code>", methods=["GET", "POST"])
def place(code: str) -> ResponseReturnValue:
    held, url = get_place(code), url_for("cases.place", code=code)
    title = held.code
    if request.method == "GET":
        return form_page("place", PlaceForm(obj=held), title, url, heading=held.called(lang()))
    form = PlaceForm()

    def stale(_error: Conflict) -> str:
        held = get_place(code)
        form.version.data = str(held.version)
        return form_page("place", form, title, url, differences(form, form.values_in(held)), held.called(lang()))

    return save(
        form,
        lambda: edit_place(viewer=g.viewer, code=code, version=form.version_shown(), values=not_theirs(form)),
        url_for("cases.places"),
        lambda: form_page("place", form, title, url, heading=held.called(lang())),
        conflict=stale,
    )


def form_page(
    kind: str, form: Any, title: str, url: str, differing: list[Any] | None = None, heading: str | None = None
) -> str:
    """`heading`: what the page says large; the code alone stands in the tab."""
    return render(
        f"cases/{kind}/{kind}.html", form=form, title=title, heading=heading or title, url=url, differing=differing
    )


@blueprint.route("/places/import", methods=["GET", "POST"], endpoint="import_places")
def paste_places() -> ResponseReturnValue:
    """Rows of a sheet, pasted; nothing is taken while one of them is wrong."""
    form = PlacesForm()
    page = lambda: render("cases/place/import.html", form=form)
    if request.method == "GET":
        return page()
    rows, problems = read_places(form.lines.data) if form.validate() else ([], [])
    form.add(problems)
    if form.problems():
        return page(), 422
    said = ngettext("One row was read.", "%(num)s rows were read.", len(rows))
    return save(form, lambda: import_places(viewer=g.viewer, rows=rows), url_for("cases.places"), page, said=said)
