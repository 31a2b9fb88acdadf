"""The pages of home."""

from __future__ import annotations

from flask import Blueprint, g
from flask_babel import lazy_gettext as _

from mexile.ground import clock, organisation
from mexile.ground.vocabulary import vocabulary
from mexile.home import rules
from mexile.home.queries import today_of
from mexile.home.rules import company
from mexile.web.i18n import lang
from mexile.web.page import door, render

blueprint = Blueprint("home", __name__)
blueprint.add_app_template_filter(company, "company")



@blueprint.app_template_filter("number_word")
def number_word(number: int) -> str:
    return rules.number_word(number, lang())


@blueprint.app_template_filter("short_label")
def short_label(code: str, name: str) -> str:
    """The short word of a term, where its vocabulary has one: court for a hearing."""
    term = vocabulary(name)[code]
    return term.more.get(f"short_{lang()}") or term.name(lang())


door(_("Today"), "home.today", 10)


@blueprint.route("/today")
def today() -> str:
    """My day: the next thing, what to close, the hours, two weeks, deadlines, one line of news."""
    moment = clock.now()
    found = today_of(g.viewer, moment, organisation.zone())
    return render("home/today.html", today=found, moment=moment)
