"""Where a member lived after the first threat: why not somewhere else in Mexico?"""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.members.blueprint import blueprint
from mexile.members.persecutor.queries import persecutors_of
from mexile.members.person.queries import get_member
from mexile.members.place_lived.actions import add_place_lived, remove_place_lived
from mexile.members.place_lived.forms import PlaceLivedForm
from mexile.members.place_lived.queries import period_of, places_lived
from mexile.members.place_lived.rules import gaps
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/places-lived", endpoint="places_lived", methods=["GET", "POST"])
def why_not_elsewhere(code: str) -> ResponseReturnValue:
    form = PlaceLivedForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: add_place_lived(viewer=g.viewer, code=code, values=form.values()),
        url_for("members.places_lived", code=code),
        lambda: _page(code, form),
    )


def _page(code: str, form: PlaceLivedForm) -> str:
    member = get_member(g.viewer, code)
    rows = [(row, period_of(row)) for row in places_lived(member)]
    return render(
        "members/place_lived/places_lived.html",
        member=member,
        form=form,
        places=rows,
        gaps=gaps([period for _, period in rows]),
        persecutors=persecutors_of(g.viewer, member.id),
    )


@blueprint.route("/members/<code>/places-lived/<int:id>/removal", methods=["POST"])
def place_lived_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("members.places_lived", code=code)
    return save(Form(), lambda: remove_place_lived(viewer=g.viewer, code=code, place_id=id), url)
