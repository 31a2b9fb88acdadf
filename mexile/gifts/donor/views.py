"""The list of donors, and what stands on the page of one."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.viewer import Viewer
from mexile.donors.actions import NOBODY_ELSE, merge_donors, undo_donor_merge
from mexile.donors.forms import MergeDonorForm
from mexile.donors.models import Donor
from mexile.donors.queries import donor_by_code, merged_into, one_donor
from mexile.gifts.blueprint import blueprint
from mexile.gifts.donor.queries import COLUMNS, SHOWS, Wanted, alike_to, donors_page, lines_of, plans_of, years_of
from mexile.gifts.gift.queries import changes_in
from mexile.gifts.month.queries import find_gifts
from mexile.ground import organization
from mexile.ground.text import clean_line
from mexile.web.form import Form
from mexile.web.listing import Paging, page_number, sorting
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/donors", methods=["GET", "POST"])
def donors() -> str:
    """Fifty at a time. What was typed may be a name, so that it comes as a POST."""
    sort, number = sorting(request.args, COLUMNS, "-last"), page_number(request.args)
    show = request.args.get("show", "all")
    typed = clean_line(request.form.get("q", "")) if request.method == "POST" else ""
    wanted = Wanted(
        by=sort.by,
        is_down=sort.is_down,
        show=show if show in SHOWS and not typed else "all",
        typed=typed,
        page=number,
    )
    lines, total = donors_page(g.viewer, wanted, organization.today())
    return render("gifts/donor/donors.html", lines=lines, paging=Paging(number, total), sort=sort, wanted=wanted)


@blueprint.route("/donors/<code>/merge", methods=["GET", "POST"])
def merge_donor(code: str) -> ResponseReturnValue:
    """Who may be the same donor, then both side by side; a POST merges them."""
    donor = one_donor(g.viewer, code)
    typed = request.values.get("other")
    form = MergeDonorForm(data={"other": typed.strip().upper()} if typed else None)
    other = donor_by_code(form.other.data or "")
    if form.other.data and (other is None or other.id == donor.id):
        form.add([NOBODY_ELSE])
        return _merging(donor, None, form), 422
    if request.method == "GET":
        return _merging(donor, other, form)
    return save(
        form,
        lambda: merge_donors(viewer=g.viewer, code=donor.code, other=form.other.data),
        url_for("donors.donor", code=donor.code),
        lambda: _merging(donor, other, form),
        said=gettext("Merged. It can be undone on this page."),
    )


def _merging(donor: Donor, other: Donor | None, form: MergeDonorForm) -> str:
    sides = list(zip((donor, other), lines_of(donor, other), strict=True)) if other else []
    alike = [] if other else list(zip(found := alike_to(donor), lines_of(*found), strict=True))
    return render("gifts/donor/merge.html", donor=donor, other=other, form=form, sides=sides, alike=alike)


@blueprint.route("/donors/merged/<code>/undo", methods=["POST"], endpoint="undo_donor_merge")
def undo(code: str) -> ResponseReturnValue:
    """Give the donor who was merged away from this code their gifts back."""
    return save(
        Form(),
        lambda: undo_donor_merge(viewer=g.viewer, code=code),
        url_for("donors.donor", code=code),
        said=gettext("Undone. Each has their own gifts again."),
    )


def giving_of(viewer: Viewer, donor: Donor) -> dict[str, Any]:
    """What they gave, on the donor's own page."""
    rows = find_gifts(viewer, donor.code)
    return {
        "rows": rows,
        "changes": changes_in(rows),
        "years": years_of(donor),
        "plans": plans_of(donor),
        "merged": merged_into(donor),
    }
