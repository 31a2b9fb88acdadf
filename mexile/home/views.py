"""The pages of home."""

from __future__ import annotations

from datetime import date, timedelta

from flask import g, request

from mexile.cases.event.queries import EventLine, unclosed_events
from mexile.custody.words import detained
from mexile.ground import clock, organization
from mexile.ground.vocabulary import vocabulary
from mexile.home import rules
from mexile.home.blueprint import blueprint
from mexile.home.queries import today_of
from mexile.web.charts import trend
from mexile.web.i18n import lang
from mexile.web.page import render


@blueprint.app_template_filter("company")
def company(event: EventLine, on: date) -> rules.Company:
    """Who an event is with, and who of them is in custody."""
    return rules.company(event, on, [person.code for person in event.people if detained(person.code)])


blueprint.add_app_template_global(trend)


@blueprint.app_template_filter("number_word")
def number_word(number: int) -> str:
    return rules.number_word(number, lang())


@blueprint.app_template_filter("short_label")
def short_label(code: str, name: str) -> str:
    """The short word of a term, where its vocabulary has one: court for a hearing."""
    term = vocabulary(name)[code]
    return term.more.get(f"short_{lang()}") or term.name(lang())


@blueprint.route("/today")
def today() -> str:
    """My day: the next thing, what to close, the hours, two weeks, deadlines, one line of news."""
    moment = clock.now()
    shown = today_of(g.viewer, moment, organization.zone())
    return render("home/today.html", today=shown, moment=moment)


MOST = 100
MONTHS = timedelta(days=92)


@blueprint.route("/today/unclosed")
def unclosed() -> str:
    """The events of some days that nobody closed: a report leads here. Without days, the last months."""
    on = organization.today()
    first, last = _day("from", on - MONTHS), min(_day("to", on), on)
    events = unclosed_events(g.viewer, first, last, MOST + 1)
    return render(
        "home/unclosed.html", events=events[:MOST], has_more=len(events) > MOST, first=first, last=last, on=on
    )


def _day(name: str, otherwise: date) -> date:
    """A day of the address; one that is none counts as not said."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return otherwise
