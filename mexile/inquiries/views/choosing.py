"""Choosing cases: who was talked with and has no decision yet, and the room that is left."""

from __future__ import annotations

from flask import g, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.ground import organization
from mexile.ground.text import number_sent
from mexile.inquiries.actions.capacity import set_capacity
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.decision import CapacityForm
from mexile.inquiries.queries.room import Room, rooms
from mexile.inquiries.queries.waiting import undecided
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/choosing")
def choosing() -> str:
    return _choosing()


@blueprint.route("/inquiries/capacity", methods=["POST"])
def capacity() -> ResponseReturnValue:
    form = CapacityForm()
    # 0 is nobody's number.
    user_id = number_sent(form.user_id.data) or 0
    return save(
        form,
        lambda: set_capacity(viewer=g.viewer, user_id=user_id, cases=form.cases.given),
        url_for("inquiries.choosing"),
        lambda: _choosing(form),
    )


def _choosing(wrong: CapacityForm | None = None) -> str:
    """``wrong``: the form that could not be saved; the others begin anew."""
    asked = number_sent(wrong.user_id.data) if wrong else None
    held = [(room, wrong if wrong and room.user_id == asked else _form(room)) for room in rooms(g.viewer)]
    lines = undecided(g.viewer, organization.today())
    return render("inquiries/choosing.html", rooms=held, lines=lines, wrong=wrong)


def _form(room: Room) -> CapacityForm:
    form = CapacityForm(formdata=MultiDict())
    form.user_id.data = str(room.user_id)
    form.cases.data = room.capacity
    form.cases.id = f"cases-{room.user_id}"
    return form
