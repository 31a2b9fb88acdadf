"""Days and hours of events: what can't be, and what is asked about instead of guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mexile.ground.dates import format_day
from mexile.ground.errors import Problem
from mexile.ground.hours import format_hour

FAR = timedelta(days=5 * 366)
"""Courts set hearings years ahead; beyond five the year is more often a slip."""
SURE = "sure"
"""The field in which somebody says that an unlikely day is right."""


def precision_of(known: str, on: date | None, at: time | None) -> str:
    """How much is known: `known` is day, month, to_be_set or unknown, as a form asks it."""
    if known == "day" and on:
        return "exact" if at else "day"
    return known if known in ("month", "to_be_set", "unknown") else "unknown"


def moment_problems(*, known: str, on: date | None, at: time | None, zone: str, fold: int | None) -> list[Problem]:
    """What can't be of a day and an hour at a place of this zone, all at once."""
    if known in ("to_be_set", "unknown"):
        return [_NO_DAY] if on or at else []
    if on is None:
        return [_WHICH_DAY]
    if known == "month":
        return [_NO_HOUR] if at else []
    if at is None:
        return []
    return hour_problems(on, at, zone, fold)


_WHICH_DAY = Problem("on", "Which day? If nobody knows yet, say so.", "¿Qué día? Si todavía no se sabe, dígalo.")
_NO_DAY = Problem(
    "on",
    "A day is written, and yet it says that the day is not known. Which of the two?",
    "Hay un día escrito y, sin embargo, dice que no se sabe. ¿Cuál de las dos?",
)
_NO_HOUR = Problem(
    "at",
    "An hour needs its day. Leave it out while only the month is known.",
    "Una hora necesita su día. Déjela vacía mientras solo se sepa el mes.",
)


def hour_problems(on: date, at: time, zone: str, fold: int | None) -> list[Problem]:
    """An hour that the clocks of `zone` leave out on that night does not exist; one that they
    show twice is asked about, unless `fold` says which of the two it is."""
    if is_left_out(on, at, zone):
        return [_left_out(on, at)]
    if is_twice(on, at, zone) and fold not in (0, 1):
        return [_twice(on, at)]
    return []


def is_left_out(on: date, at: time, zone: str) -> bool:
    """Clocks jump over this hour."""
    local = datetime.combine(on, at, ZoneInfo(zone))
    return local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None)


def is_twice(on: date, at: time, zone: str) -> bool:
    """Clocks go back over this hour, so that it comes twice."""
    first, second = (datetime.combine(on, at, ZoneInfo(zone)).replace(fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and not is_left_out(on, at, zone)


def _left_out(on: date, at: time) -> Problem:
    return Problem(
        "at",
        f"On {format_day(on, 'en')} the clocks there go forward and {format_hour(at, 'en')} does not exist. Which hour is it?",
        f"El {format_day(on, 'es')} los relojes de ese lugar se adelantan: {format_hour(at, 'es')} no existe. ¿Qué hora es?",
    )


def _twice(on: date, at: time) -> Problem:
    return Problem(
        "fold",
        f"On {format_day(on, 'en')} the clocks there go back and {format_hour(at, 'en')} comes twice. Is it the first or the second?",
        f"El {format_day(on, 'es')} los relojes de ese lugar se atrasan: {format_hour(at, 'es')} llega dos veces. "
        "¿Es la primera o la segunda?",
    )


def doubts(on: date | None, today: date) -> list[Problem]:
    """A new date that lies behind us or more than five years ahead is asked about once."""
    if on is None:
        return []
    if on < today:
        return [_behind(on)]
    if on > today + FAR:
        return [_far(on, on.year - today.year)]
    return []


def _behind(on: date) -> Problem:
    return Problem(
        SURE,
        f"{format_day(on, 'en')} has passed already. Is the day right, year included?",
        f"El {format_day(on, 'es')} ya pasó. ¿Está bien el día, con su año?",
    )


def _far(on: date, years: int) -> Problem:
    return Problem(
        SURE,
        f"{format_day(on, 'en')} is {years} years ahead. Is the year right?",
        f"Para el {format_day(on, 'es')} faltan {years} años. ¿Está bien el año?",
    )


def first_of_month(on: date) -> date:
    return on.replace(day=1)


_WHICH = {
    "en": ("the first of the two", "the second, after the clocks went back"),
    "es": ("la primera de las dos", "la segunda, después de atrasar los relojes"),
}


def hour_said(at: time | None, fold: int | None, lang: str) -> str:
    """The hour of a date wherever somebody reads it: "8:30 a.m.". Of one that the clocks show twice it says
    which of the two is meant."""
    if at is None:
        return ""
    hour = format_hour(at, lang)
    return hour if fold is None else f"{hour} ({_WHICH[lang][fold]})"


def starts_at(on: date | None, at: time | None, zone: str, fold: int | None) -> datetime | None:
    """The moment, where day and hour are known."""
    if on is None or at is None:
        return None
    return datetime.combine(on, at, ZoneInfo(zone)).replace(fold=fold or 0)


def is_stale(verified_at: datetime | None, stale_days: int, now: datetime) -> bool:
    """Nobody has seen the date for longer than it holds."""
    return verified_at is None or now - verified_at >= timedelta(days=stale_days)


def asked_letter(code: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter to whom we ask to accompany: that a question waits, no more."""
    if language == "es":
        return (
            "mexile: una pregunta para usted",
            f"El equipo le hace una pregunta. Responda en mexile: {code}\n\n{url}\n",
        )
    return "mexile: a question for you", f"The team has a question for you. Please answer in mexile: {code}\n\n{url}\n"


def changed_letter(code: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter to everybody on a date: that it changed, no more."""
    if language == "es":
        return "mexile: cambió una fecha", (
            "Una fecha suya cambió: el día, el lugar, quién responde o acompaña, o si sigue en pie. "
            f"Revísela en mexile: {code}\n\n{url}\n"
        )
    return "mexile: a date changed", (
        "A date of yours changed: its day, its place, who answers for it or walks along, or whether it stands. "
        f"Please look at it in mexile: {code}\n\n{url}\n"
    )


def told_letter(code: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter to the attorney: that there is news at a date, no more."""
    if language == "es":
        return "mexile: hay una novedad", f"Se anotó algo en una fecha suya. Léalo en mexile: {code}\n\n{url}\n"
    return (
        "mexile: there is news",
        f"Something was written at a date of yours. Please read it in mexile: {code}\n\n{url}\n",
    )
