"""What can be true of an entry, and what is unlikely enough to ask again."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol, TypeVar

from mexile.ground.dates import format_short_day, not_in_the_future
from mexile.ground.errors import Problem
from mexile.ground.rough import Rough
from mexile.ground.vocabulary import vocabulary


class _Entry(Protocol):
    manner: str
    on: date | None


_AnEntry = TypeVar("_AnEntry", bound=_Entry)


def entry_problems(known: Rough | None, today: date, born: date | None) -> list[Problem]:
    """Days that can't be: tomorrow, or before the person was born."""
    if known is None:
        return []
    if problems := not_in_the_future("on", known.first, today):
        return problems
    if born and known.last < born:
        return [Problem("on", "This is before the birth.", "Es anterior al nacimiento.")]
    return []


def entry_doubts(manner: str, known: Rough | None, nationalities: Collection[str]) -> list[Problem]:
    """What may be true and should be looked at again: a way that did not exist on that day, or was never applied
    to somebody of this nationality (MPP never covered Mexicans). Nothing here forbids to save."""
    term = vocabulary("manner_of_entry").get(manner)
    if term is None:
        return []
    doubts = []
    if term.more.get("not_for") in nationalities:
        doubts.append(
            Problem(
                "manner",
                "Mexicans were not included in MPP. Is the nationality or the manner of entry another one?",
                "MPP no incluyó a personas mexicanas. ¿Es otra la nacionalidad o la forma de entrada?",
            )
        )
    begin, end = (date.fromisoformat(term.more[word]) if word in term.more else None for word in ("from", "to"))
    if known and ((begin and known.last < begin) or (end and known.first > end)):
        doubts.append(Problem("on", *_outside(begin, end)))
    return doubts


def _outside(begin: date | None, end: date | None) -> tuple[str, str]:
    days_en = " ".join(
        part
        for part in (
            f"from {format_short_day(begin, 'en')}" if begin else "",
            f"until {format_short_day(end, 'en')}" if end else "",
        )
        if part
    )
    days_es = " ".join(
        part
        for part in (
            f"desde el {format_short_day(begin, 'es')}" if begin else "",
            f"hasta el {format_short_day(end, 'es')}" if end else "",
        )
        if part
    )
    return (
        f"This way of entry existed {days_en}. Please check the day.",
        f"Esta forma de entrada existió {days_es}. Revise el día.",
    )


def last_arrival(entries: Iterable[_AnEntry]) -> _AnEntry | None:
    """The entry from which the year to ask for asylum runs: the last one whose day is known at all.
    Earlier arrivals stay written and do not count; being born here is no arrival."""
    dated = [entry for entry in entries if entry.on is not None and entry.manner != "born_us"]
    return max(dated, key=lambda entry: entry.on or date.min, default=None)
