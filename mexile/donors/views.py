"""A donor: their page and their correction."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.donors.actions import change_donor
from mexile.donors.blueprint import blueprint
from mexile.donors.forms import DonorForm
from mexile.donors.models import Donor
from mexile.donors.queries import one_donor
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, keep_standing


@blueprint.route("/donors/<code>")
def donor(code: str) -> ResponseReturnValue:
    """Who it is, and what other houses know of them."""
    return render("donors/donor.html", donor=one_donor(g.viewer, code))


def _stands(donor: Donor) -> dict[str, str]:
    return {
        "name": donor.name or "",
        "email": donor.email or "",
        "address": donor.address or "",
        "contact": donor.contact or "",
        "note": donor.note or "",
        "language": donor.language,
    }


@blueprint.route("/donors/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    """Correct a donor; who was overtaken by somebody else sees both versions and loses nothing."""
    donor = one_donor(g.viewer, code)
    form = DonorForm(**_stands(donor), version=str(donor.version))
    if request.method == "GET":
        return render("donors/edit.html", form=form, donor=donor)
    keep_standing(form, _stands(donor))

    def act() -> None:
        typed = {name: form[name].data or "" for name in _stands(donor)}
        change_donor(donor=one_donor(g.viewer, code), version=form.version_shown(), **typed)

    return save(
        form,
        act,
        url_for("donors.donor", code=code),
        lambda: render("donors/edit.html", form=form, donor=donor),
        conflict=lambda _error: _both(form, one_donor(g.viewer, code)),
        said=gettext("Saved. Receipts that were issued stay as they are."),
    )


def _both(form: DonorForm, donor: Donor) -> str:
    """What was typed beside what holds now."""
    form.version.data = str(donor.version)
    return render("donors/edit.html", form=form, donor=donor, differing=differences(form, _stands(donor)))
