"""The list of donors, and what stands on the page of one."""

from __future__ import annotations

from typing import Any

from flask import g, request

from mexile.access.viewer import Viewer
from mexile.donors.models import Donor
from mexile.gifts.blueprint import blueprint
from mexile.gifts.donor.queries import COLUMNS, SHOWS, Wanted, donors_page, plans_of, years_of
from mexile.gifts.gift.queries import changes_in
from mexile.gifts.month.queries import find_gifts
from mexile.ground import organization
from mexile.ground.text import clean_line
from mexile.web.listing import Paging, page_number, sorting
from mexile.web.page import render


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


def giving_of(viewer: Viewer, donor: Donor) -> dict[str, Any]:
    """What they gave, on the donor's own page."""
    rows = find_gifts(viewer, donor.code)
    return {"rows": rows, "changes": changes_in(rows), "years": years_of(donor), "plans": plans_of(donor)}
