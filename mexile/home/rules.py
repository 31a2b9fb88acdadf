"""How a day is put together: what comes next, what has passed, who one is with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mexile.cases.event.queries import EventLine


@dataclass(frozen=True)
class Company:
    """Who an event is with: grown people by their short names, children by their number,
    how many more there are whom the viewer doesn't know, and who of them is in custody."""

    names: Sequence[str]
    children: int
    more: int
    detained: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Nobody comes along who is free."""
        return not (self.names or self.children or self.more)


def company(event: EventLine, on: date, detained: Collection[str] = ()) -> Company:
    """The people of `event` as the day's sentence says them; `detained`, the codes of those in custody,
    whom nobody accompanies. Where all others are children, they are named."""
    free = [person for person in event.people if person.code not in detained]
    grown = [person for person in free if not person.is_child(on)]
    in_custody = [person.name.short for person in event.people if person.code in detained]
    if not grown:
        return Company([person.name.short for person in free], 0, event.hidden, in_custody)
    return Company([person.name.short for person in grown], len(free) - len(grown), event.hidden, in_custody)


@dataclass(frozen=True)
class Day:
    """My open events, each in its place."""

    to_close: Sequence[EventLine]
    hours: Sequence[EventLine]
    next: EventLine | None
    ahead: Sequence[tuple[date, Sequence[EventLine]]]


def arrange_day(events: Sequence[EventLine], moment: datetime, today: date) -> Day:
    """Put open events in their place: what has passed is to close, what is today stands
    by its hour, what comes is grouped by day. What has passed and stands open is also
    kept among the hours of today, so that the day reads as it went."""
    to_close = [event for event in events if event.has_passed(moment)]
    hours = [event for event in events if event.on == today]
    to_come = [event for event in events if not event.has_passed(moment)]
    later = [(event.on, event) for event in to_come if event.on and event.on > today]
    ahead = [(on, [event for _on, event in group]) for on, group in groupby(later, key=lambda pair: pair[0])]
    return Day(to_close, hours, to_come[0] if to_come else None, ahead)


_NUMBERS = {
    "en": "no one two three four five six seven eight nine ten".split(),
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez".split(),
}


def number_word(number: int, lang: str) -> str:
    """Small numbers as words, for sentences."""
    words = _NUMBERS[lang]
    return words[number] if 0 <= number < len(words) else str(number)
