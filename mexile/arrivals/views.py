"""The list of arrivals: parties without names, by day, with how many they are."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.arrivals.blueprint import blueprint
from mexile.arrivals.forms import ArrivalsForm
from mexile.arrivals.queries import Filter, codes, counts, parties, read_mark
from mexile.ground import places
from mexile.web.i18n import lang
from mexile.web.page import render

FILTERS = ("from_on", "to_on", "country", "language", "destination")
_NAMES = {
    "country": places.country_name,
    "language": places.language_name,
    "destination": places.state_name,
}


@blueprint.route("/arrivals", endpoint="arrivals")
def arrivals_page() -> ResponseReturnValue:
    form = ArrivalsForm(formdata=request.args)
    for name, field in form.codes().items():
        field.choices = _choices(name)
    good = form.validate()
    chosen = Filter(form.from_on.data, form.to_on.data, *(field.data or None for field in form.codes().values()))
    lines, further = parties(g.viewer, chosen, read_mark(request.args.get("after", "")))
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    next_url = further and f"{url_for('arrivals.arrivals')}?{urlencode({**kept, 'after': further})}"
    unknown = {
        "country": _("country unknown"),
        "language": _("language unknown"),
        "destination": _("destination unknown"),
    }
    page = render(
        "arrivals/list.html",
        form=form,
        counts=counts(g.viewer, chosen),
        lines=lines,
        next_url=next_url,
        is_filtered=bool(kept),
        place_word=lambda name, code: _NAMES[name](code, lang()) if code else unknown[name],
    )
    return page, 200 if good else 422


def _choices(name: str) -> list[tuple[str, str]]:
    choices = [(code, f"{_NAMES[name](code, lang())} ({times})") for code, times in codes(name)]
    return [("", "—"), *choices, ("-", _("unknown"))]
