"""The list of cases."""

from __future__ import annotations

from flask import g, request, url_for

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY
from mexile.cases.blueprint import blueprint
from mexile.cases.listing.queries import SHOWS, WantedCases, cases_page
from mexile.cases.place.queries import place_choices
from mexile.ground import organization
from mexile.ground.text import number_sent
from mexile.ground.vocabulary import vocabulary
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.route("/cases")
def cases() -> str:
    """Fifty at a time, the newest first."""
    wanted = _wanted()
    page = cases_page(g.viewer, wanted, organization.today())
    further = _further(wanted, page.next_after) if page.next_after else None
    return render(
        "cases/listing/cases.html",
        wanted=wanted,
        page=page,
        next_url=further,
        attorneys=with_roles(ATTORNEY),
        courts=place_choices(lang(), ("court",)),
    )


def _wanted() -> WantedCases:
    """What the address asks for; a word it can't mean is left out."""
    args = request.args
    posture = args.get("posture")
    return WantedCases(
        show=args["show"] if args.get("show") in SHOWS else "open",
        posture=posture if posture in vocabulary("case_posture") else None,
        attorney=number_sent(args.get("attorney")),
        court=number_sent(args.get("court")),
        after=args.get("after") or None,
    )


def _further(wanted: WantedCases, after: str) -> str:
    """The address that asks for the same list from behind `after`."""
    return url_for(
        "cases.cases",
        show=wanted.show,
        posture=wanted.posture,
        attorney=wanted.attorney,
        court=wanted.court,
        after=after,
    )
