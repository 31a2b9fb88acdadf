"""What else is known of a person: other names, A-numbers, nationalities, languages, profiles, harms."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.vocabulary import vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.detail.actions import save_details
from mexile.members.detail.forms import LANGUAGES, DetailsForm, values_of_details
from mexile.members.detail.queries import details_of, municipalities, sees_municipality
from mexile.members.intake.queries import LookAlikes, known_by
from mexile.members.intake.views import beside, note_hidden, onward
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import Difference, differences, keep_standing


@blueprint.route("/members/<code>/details", methods=["GET", "POST"])
def details(code: str) -> ResponseReturnValue:
    member = get_member(g.viewer, code)
    if request.method == "GET":
        form = DetailsForm(data=_values(member))
        form.version.data = form.version.data or str(details_of(member).version)
        return _page(member, form)
    form = DetailsForm()
    if not form.validate():
        return _page(member, form), 422
    keep_standing(form, _values(member) if "theirs" in request.form else {})
    values = form.values()
    alike = known_by(g.viewer, member, a_numbers=values["a_numbers"])
    if alike and not form.answer()[0]:
        note_hidden(alike)
        return _page(member, form, alike=alike), 422
    version = form.version_shown()
    return save(
        form,
        lambda: save_details(viewer=g.viewer, code=code, version=version, values=values),
        onward(form, code, url_for("members.member", code=code)),
        lambda: _page(member, form),
        conflict=lambda _: _stale(member, form),
    )


def _values(member: Member) -> dict[str, Any]:
    return values_of_details(member, details_of(member), sees_municipality(g.viewer))


def _stale(member: Member, form: DetailsForm) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    form.version.data = str(details_of(member).version)
    return _page(member, form, differing=differences(form, _values(member)))


def _page(
    member: Member, form: DetailsForm, *, alike: LookAlikes | None = None, differing: list[Difference] | None = None
) -> str:
    detail = details_of(member).detail
    return render(
        "members/detail/details.html",
        member=member,
        form=form,
        places=range(LANGUAGES),
        **beside(member, alike),
        differing=differing,
        reads_municipality=sees_municipality(g.viewer),
        has_municipality=bool(detail and detail.municipality_enc),
        municipalities=[name for _, name in municipalities(member.origin_state)],
        language_names=[name for _, name in vocabulary("language").choices(lang())],
    )
