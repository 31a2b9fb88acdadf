"""Filters for templates: durations, days near today, lists of names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from mexile.access.rules import name_act
from mexile.ground.dates import fold, format_day
from mexile.ground.organization import today
from mexile.ground.vocabulary import vocabulary
from mexile.services.blueprint import blueprint
from mexile.services.quick_log.amounts import join_words
from mexile.web.i18n import lang

name_act("service.log", "Logged a service", "Registró un servicio")
name_act("service.void", "Cancelled a service", "Anuló un servicio")
name_act("service.restore", "Restored a cancelled service", "Restableció un servicio anulado")
name_act("service.note", "Changed the note of a service", "Cambió la nota de un servicio")
name_act("service.correct", "Corrected a service", "Corrigió un servicio")
name_act("event.set", "Set a date", "Puso una fecha")
name_act("event.outcome", "Closed a date", "Cerró una fecha")
name_act("event.outcome_void", "Opened a date again", "Reabrió una fecha")
name_act("user.keys", "Switched the letter keys", "Cambió las teclas de letra")

blueprint.add_app_template_filter(fold, "fold")


@blueprint.app_template_filter("duration")
def duration(minutes: int) -> str:
    """ "2 h", "1 h 30 min", "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


@blueprint.app_template_filter("unit_word")
def unit_word(quantity: int, unit: str) -> str:
    """ "night" of one, "nights" of the others."""
    term = vocabulary("service_unit")[unit]
    return str(term.more[f"one_{lang()}"]) if quantity == 1 else term.name(lang())


@blueprint.app_template_filter("type_word")
def type_word(value: str, field: str) -> str:
    """What was written in a field of a type of service, in words."""
    names = {"counts": "service_count", "category": "service_category"}
    if field in ("unit", "place", "mode", *names):
        return vocabulary(names.get(field, f"service_{field}")).label(value, lang())
    return duration(int(value)) if field == "minutes" else value


@blueprint.app_template_filter("near_day")
def near_day(day: date | str) -> str:
    """ "yesterday, Mon 23 Nov 2026": the near days by their name as well."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    written = format_day(day, lang())
    far = (today() - day).days
    if far == 0:
        return _("today, %(day)s", day=written)
    if far == 1:
        return _("yesterday, %(day)s", day=written)
    if far == -1:
        return _("tomorrow, %(day)s", day=written)
    return written


@blueprint.app_template_filter("and_list")
def and_list(words: Iterable[str]) -> str:
    return join_words(list(words), lang())
