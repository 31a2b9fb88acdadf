"""The list of cases."""

from __future__ import annotations

from flask import g, request
from flask_babel import gettext as _

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY
from mexile.cases.blueprint import blueprint
from mexile.cases.listing.queries import COLUMNS, SHOWS, WantedCases, cases_page
from mexile.cases.place.queries import place_choices
from mexile.ground import organization
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.web.i18n import lang
from mexile.web.listing import Head, Paging, Sorting, page_number, sorting
from mexile.web.page import render


@blueprint.route("/cases")
def cases() -> str:
    """Fifty at a time, the newest first unless one sorts them otherwise."""
    wanted = _wanted()
    page = cases_page(g.viewer, wanted, organization.today())
    return render(
        "cases/listing/cases.html",
        wanted=wanted,
        page=page,
        heads=_heads(Sorting(wanted.sort, wanted.is_down)),
        paging=Paging(wanted.page, page.total),
        attorneys=with_roles(ATTORNEY),
        courts=place_choices(lang(), ("court",)),
    )


def _wanted() -> WantedCases:
    """What the address asks for; a word it can't mean is left out."""
    args = request.args
    posture, sorted_by = args.get("posture"), sorting(args, COLUMNS, "-code")
    return WantedCases(
        show=args["show"] if args.get("show") in SHOWS else "open",
        posture=posture if posture in vocabulary("case_posture") else None,
        attorney=number_sent(args.get("attorney")),
        court=number_sent(args.get("court")),
        sort=sorted_by.by,
        is_down=sorted_by.is_down,
        page=page_number(args),
    )


def _heads(sorted_by: Sorting) -> list[str | Head]:
    return [
        _("Lead"),
        sorted_by.head(_("Code"), "code", down_first=True),
        _("Where it stands"),
        sorted_by.head(_("Attorney"), "attorney"),
        sorted_by.head(_("Next date"), "next", "nowrap"),
    ]
