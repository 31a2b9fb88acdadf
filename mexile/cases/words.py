"""Words that the templates of this house ask for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import g
from flask_babel import gettext as _

from mexile.cases.blueprint import blueprint
from mexile.cases.event.rules import hour_said
from mexile.cases.place.queries import spanish_names
from mexile.ground import clock, dates, organization
from mexile.ground.vocabulary import Term, vocabulary
from mexile.web.i18n import lang


@blueprint.app_template_filter("when_words")
def when_words(what: Any) -> str:
    """Day and hour of a date as far as they are known: "Tue 3 Mar 2026, 8:30", "March 2026"."""
    return moment_words(what.on, what.at, what.precision, what.fold)


@blueprint.app_template_filter("hour_words")
def hour_words(what: Any) -> str:
    """The hour of a date, empty where none is known."""
    return hour_said(what.at, what.fold, lang())


def moment_words(on: date | None, at: time | None, precision: str | None, fold: int | None = None) -> str:
    if on is None:
        return vocabulary("event_precision").label(precision or "unknown", lang())
    if precision == "month":
        return dates.format_month(on, lang())
    hour = hour_said(at, fold, lang())
    return dates.format_day(on, lang()) + (f", {hour}" if hour else "")


@blueprint.app_template_filter("sentence_start")
def sentence_start(words: str) -> str:
    """Words that begin a sentence of their own: the first letter large, the rest as it is."""
    return words[:1].upper() + words[1:]


@blueprint.app_template_filter("mid_sentence")
def mid_sentence(words: str) -> str:
    """Words of a vocabulary inside a sentence; not for those that begin with a name."""
    return words[:1].lower() + words[1:]


@blueprint.app_template_filter("length_words")
def length_words(rule: Any) -> str:
    """How long a rule gives: "30 days", "1 year"."""
    unit = vocabulary("rule_unit")[rule.unit]
    if rule.length == 1:
        unit = Term(unit.code, unit.more["one_en"], unit.more["one_es"])
    return f"{rule.length} {unit.name(lang())}"


@blueprint.app_template_filter("seen_words")
def seen_words(line: Any) -> str:
    """How long ago somebody made sure of a date: "checked 19 days ago"."""
    if line.verified_at is None:
        return _("not checked yet")
    days = (organization.today() - _day_of(line.verified_at)).days
    if days <= 0:
        return _("checked today")
    return _("checked yesterday") if days == 1 else _("checked %(days)s days ago", days=days)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(organization.zone())).date()


@blueprint.app_template_filter("place_name")
def place_name(place: Any) -> str:
    return place.called(lang()) if place else ""


@blueprint.app_template_filter("place_words")
def place_words(place: str | None) -> str:
    """The place as a date carries it; a place of the list by its name in the reader's language."""
    if not place or lang() != "es":
        return place or ""
    if "spanish_places" not in g:
        g.spanish_places = spanish_names()
    return g.spanish_places.get(place, place)


@blueprint.app_template_test("stale")
def stale(line: Any) -> bool:
    return line.is_stale(clock.now())


@blueprint.app_template_test("of_today")
def of_today(moment: datetime) -> bool:
    return clock.is_today(moment, organization.zone())


@blueprint.app_context_processor
def words() -> dict[str, object]:
    return {"moment_words": moment_words}
