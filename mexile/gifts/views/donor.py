"""A donor: their page, their correction, and the question whether two names are the same person."""

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.gifts.actions.donors import answer_same, change_donor
from mexile.gifts.blueprint import blueprint
from mexile.gifts.forms.staff import DonorForm
from mexile.gifts.models import Donor
from mexile.gifts.queries.month import find_gifts
from mexile.gifts.queries.one import one_donor, one_gift
from mexile.gifts.queries.rows import changes_in
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save
from mexile.web.stale import differences, keep_standing


@blueprint.route("/gifts/donors/<code>")
def donor(code: str) -> ResponseReturnValue:
    found = one_donor(g.viewer, code)
    rows = find_gifts(g.viewer, code)
    return render("gifts/donor.html", donor=found, rows=rows, changes=changes_in(rows))


def _stands(found: Donor) -> dict[str, str]:
    return {
        "name": found.name or "",
        "email": found.email or "",
        "address": found.address or "",
        "language": found.language,
    }


@blueprint.route("/gifts/donors/<code>/edit", methods=["GET", "POST"])
def edit_donor(code: str) -> ResponseReturnValue:
    """Correct a donor; who was overtaken by somebody else sees both versions and loses nothing."""
    donor = one_donor(g.viewer, code)
    form = DonorForm(**_stands(donor), version=str(donor.version))
    if request.method == "GET":
        return render("gifts/edit_donor.html", form=form, donor=donor)
    keep_standing(form, _stands(donor))

    def act() -> None:
        typed = {name: form[name].data or "" for name in _stands(donor)}
        change_donor(donor=one_donor(g.viewer, code), version=form.version_shown(), **typed)

    return save(
        form,
        act,
        url_for("gifts.donor", code=code),
        lambda: render("gifts/edit_donor.html", form=form, donor=donor),
        conflict=lambda _error: _both(form, one_donor(g.viewer, code)),
        said=gettext("Saved. Receipts that were issued stay as they are."),
    )


def _both(form: DonorForm, donor: Donor) -> str:
    """What was typed beside what holds now."""
    form.version.data = str(donor.version)
    return render("gifts/edit_donor.html", form=form, donor=donor, differing=differences(form, _stands(donor)))


@blueprint.route("/gifts/<code>/donor", methods=["POST"])
def same_donor(code: str) -> ResponseReturnValue:
    """The same person, or another one who becomes a donor of their own."""
    answer = request.form.get("answer")
    if answer not in ("same", "other"):
        notice("soon", gettext("Say whether it is the same person. Nothing was changed."))
        return redirect(url_for("gifts.month"), 303)
    return save(
        Form(),
        lambda: answer_same(viewer=g.viewer, gift=one_gift(g.viewer, code)[0], is_same=answer == "same"),
        url_for("gifts.month"),
        then=lambda donor: notice("done", gettext("Noted. The gift is %(donor)s's.", donor=donor.code)),
    )
