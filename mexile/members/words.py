"""Words that the templates of this house ask for: vocabularies, languages, countries, the consent's text."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from mexile.ground import dates, hours, organization, places
from mexile.ground.dates import day_of
from mexile.ground.phone import shown_phone
from mexile.ground.vocabulary import Term, vocabulary
from mexile.members.blueprint import blueprint
from mexile.members.intake.forms import consent_version
from mexile.members.relation.rules import other_side
from mexile.web.i18n import lang


@blueprint.app_context_processor
def words() -> dict[str, object]:
    return {
        "vocabulary": vocabulary,
        "vocabulary_options": vocabulary_options,
        "language_word": language_word,
        "country_word": lambda code: places.country_name(code, lang()),
        "consent_words": consent_words,
        "other_side": other_side,
    }


def vocabulary_options(name: str, chosen: str | None) -> Markup:
    """The <option>s of a vocabulary, one of them chosen, after an empty one."""
    options = _options(name, lang())
    mark = Markup(' value="{}"').format(chosen)
    return options.replace(mark, mark + Markup(" selected"), 1) if chosen else options


@cache
def _options(name: str, language: str) -> Markup:
    option = Markup('<option value="{}">{}</option>')
    return Markup("").join(option.format(*pair) for pair in [("", "—"), *vocabulary(name).choices(language)])


def language_word(code: str | None) -> str:
    """The name of a language: ours where we have one, else the library's."""
    if not code:
        return ""
    known = vocabulary("language")
    return known.label(code, lang()) if code in known else places.language_name(code, lang())


def consent_words() -> Term:
    """The words that are read aloud now, in both languages."""
    return vocabulary("consent_text")[consent_version()]


@blueprint.app_template_filter("whole")
def whole(code: str) -> Markup:
    """A code inside a sentence, never broken at its hyphen."""
    return Markup('<span class="nowrap">{}</span>').format(code)


blueprint.add_app_template_filter(shown_phone, "phone")


@blueprint.app_template_filter("moment_day")
def moment_day(moment: datetime | None) -> str:
    """The day of a moment in the organization's zone."""
    if moment is None:
        return ""
    return dates.format_day(moment.astimezone(ZoneInfo(organization.zone())).date(), lang())


@blueprint.app_template_filter("moment_clock")
def moment_clock(moment: datetime | None, zone: str | None = None) -> str:
    """The hour of a moment in the zone of a place, or else the organization's: "2:05 p.m."."""
    if moment is None:
        return ""
    return hours.format_hour(moment.astimezone(ZoneInfo(zone or organization.zone())), lang())


@blueprint.app_template_filter("iso_day")
def iso_day(text: str | None) -> str:
    """A day kept as text ("1986-03-12"), as people read it; text that is no day stays as it is."""
    day = day_of(text)
    return dates.format_day(day, lang()) if day else text or ""
