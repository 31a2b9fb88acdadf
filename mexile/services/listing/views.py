"""The list of services, and the services and the next date on a member's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.access.viewer import Viewer
from mexile.cases.event.queries import next_of_member
from mexile.ground.organization import today
from mexile.members.person.models import Member
from mexile.services.blueprint import blueprint
from mexile.services.listing.queries import Wanted, services_of_member, services_page
from mexile.services.service.forms import FilterForm
from mexile.services.service_type.queries import kinds
from mexile.web.i18n import lang
from mexile.web.page import render

FILTERS = ("from_on", "to_on", "type_code", "person", "mine")


@blueprint.route("/services")
def services() -> ResponseReturnValue:
    """Newest first, fifty a page, by day, kind and person."""
    form = FilterForm(formdata=request.args)
    form.type_code.choices = [("", "—"), *((kind.code, kind.name(lang())) for kind in kinds().values())]
    good = form.validate()
    wanted = Wanted(
        from_on=form.from_on.data,
        to_on=form.to_on.data,
        type_code=form.type_code.data or None,
        person=(form.person.data or "").strip().upper() or None,
        mine=form.mine.data,
        after=request.args.get("after"),
    )
    page = services_page(g.viewer, wanted)
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    more = page.next_after and f"{url_for('services.services')}?{urlencode({**kept, 'after': page.next_after})}"
    return render("services/listing/services.html", form=form, page=page, next_url=more, is_filtered=bool(kept)), (
        200 if good else 422
    )


STEPS = 12
LAST = 3


def next_date(viewer: Viewer, member: Member) -> dict[str, Any]:
    """The next open event of the member; said too when there is none."""
    return {"event": next_of_member(viewer, member.id, today()), "code": member.code}


def path(viewer: Viewer, member: Member) -> dict[str, Any]:
    """The last services, newest first; the second line runs where somebody was there in person."""
    return _path(viewer, member, STEPS)


def last_services(viewer: Viewer, member: Member) -> dict[str, Any]:
    """The newest of them, for the first part of the page."""
    return _path(viewer, member, LAST)


def _path(viewer: Viewer, member: Member, most: int) -> dict[str, Any]:
    lines = services_of_member(viewer, member.id, most + 1)
    return {"lines": lines[:most], "has_more": len(lines) > most, "code": member.code}
