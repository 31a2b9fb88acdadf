"""The line of alerts: its page, and how those in it are told."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.custody.alert.forms import LineForm
from mexile.custody.alert.views import chosen
from mexile.custody.blueprint import blueprint
from mexile.custody.line.actions import add_to_line, leave_line, move_in_line
from mexile.custody.line.queries import line_ids, standing_line, told_line
from mexile.ground.phone import shown_phone
from mexile.ground.text import number_sent
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


def no_line(viewer: Viewer) -> dict[str, Any] | None:
    """Whoever can make the line is told while nobody stands in it."""
    return {} if viewer.is_any(DIRECTOR, ATTORNEY) and not standing_line() else None


@blueprint.app_template_global()
def how_told() -> str:
    """Who is told of an alert as things stand: the line, or who is told where nobody made one."""
    line = told_line()
    people, stands = line_ids(line), any(place.id for place in line)
    if not line:
        return _("Nobody can be told by mail: there is no attorney and no director. Call somebody.")
    if len(people) == 1 and stands:
        return _(
            "%(name)s alone stands in the line: told by mail at once, and again and again until somebody has it.",
            name=line[0].name,
        )
    if len(people) == 1:
        return _(
            "Nobody stands in the line: %(name)s alone is told by mail, at once, and again and again until somebody has it.",
            name=line[0].name,
        )
    if stands:
        return _(
            "The first in line is told by mail at once, the next one five minutes later, until somebody has it. The person's own attorney comes first, where they stand in the line."
        )
    if with_roles(ATTORNEY):
        return _(
            "Nobody stands in the line: an attorney is told by mail at once, the next attorney or director five minutes later, until somebody has it."
        )
    return _(
        "Nobody stands in the line and there is no attorney: a director is told by mail at once, the next one five minutes later, until somebody has it."
    )


@blueprint.route("/alerts/line", methods=["GET", "POST"])
def line() -> ResponseReturnValue:
    """In which order people are told, and at which number; a POST adds somebody."""
    form = LineForm()
    if request.method == "GET":
        return _line(form)
    return save(
        form,
        lambda: add_to_line(viewer=g.viewer, user_id=form.user_id.data or None, phone=form.phone.data),
        url_for("custody.line"),
        lambda: _line(form),
    )


@blueprint.route("/alerts/line/place", methods=["POST"])
def line_place() -> ResponseReturnValue:
    """One place up or down, or out of the line."""
    id, way = number_sent(request.form.get("id")), chosen("way")
    if id is None or way not in ("up", "down", "out"):
        return _line(LineForm(None)), 422

    def act() -> None:
        if way == "out":
            leave_line(viewer=g.viewer, id=id)
        else:
            move_in_line(viewer=g.viewer, id=id, by=-1 if way == "up" else 1)

    return save(Form(), act, url_for("custody.line"))


def _line(form: LineForm) -> str:
    places = [(place, shown_phone(place.phone or "")) for place in standing_line()]
    return render("custody/line/line.html", form=form, line=places)
