"""The list of services."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from mexile.services.blueprint import blueprint
from mexile.services.forms import FilterForm
from mexile.services.queries.listing import Wanted, services_page
from mexile.services.queries.types import kinds
from mexile.web.i18n import lang
from mexile.web.page import door, render

door(_("Services"), "services.services", 30)

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
    return render("services/services.html", form=form, page=page, next_url=more, is_filtered=bool(kept)), (
        200 if good else 422
    )
