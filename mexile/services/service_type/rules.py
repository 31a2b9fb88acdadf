"""Which kind of service a word means, and what is logged when a date of some kind is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from mexile.ground.dates import fold
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary
from mexile.services.quick_log.reading import Choice

ACCOMPANIED = frozenset({"done", "continued", "detained"})
"""Outcomes after which somebody was there with the person."""


def type_of_event(kind: str) -> str | None:
    """The kind of service that an event of `kind` is logged as: a hearing as court
    accompaniment, an ICE check-in as its own; a fee or a filing as none."""
    return vocabulary("event_kind")[kind].more.get("service_type")


def type_to_log(kind: str, outcome: str, on: date | None, today: date) -> str | None:
    """The kind of service that this outcome logs; None where nobody was accompanied: the kind is
    no accompaniment, or its day has not come."""
    if outcome not in ACCOMPANIED or on is None or on > today:
        return None
    return type_of_event(kind)


def reaches_custody(kind: str) -> bool:
    """Whether somebody who is held can be at an event of this kind."""
    return bool(vocabulary("event_kind")[kind].more.get("in_custody"))


def kinds_of_type(type_code: str) -> list[str]:
    """The kinds of event that are logged as a service of this type."""
    return [term.code for term in vocabulary("event_kind").values() if term.more.get("service_type") == type_code]


def event_of_type(type_code: str) -> str:
    """The kind of event that follows a service of this type, when a next date was given."""
    return next(iter(kinds_of_type(type_code)), "other")


UNITS_OF_ACT = ("hours", "usd")
"""What is counted by the minutes and the amount, and by no quantity."""

COUNTED_BY_ITSELF = Problem(
    "counts",
    "Hours are counted from the time and dollars from the amount: choose “one each time”.",
    "Las horas se cuentan del tiempo y los dólares del monto: elija «una cada vez».",
)
UNIT_STANDS = Problem(
    "unit",
    "This was logged already, so that its unit stands. Retire it and add another one.",
    "Ya se registró con esta unidad, que por eso no cambia. Retírelo y agregue otro.",
)
OF_DATES = Problem(
    "retired_on",
    "This is what a date is logged as when somebody accompanied; it can't be retired.",
    "Así se registra una fecha a la que alguien acompañó; no se puede retirar.",
)


def words_of(text: str) -> list[str]:
    """Words separated by commas, each once, in their order."""
    return list(dict.fromkeys(word for part in text.split(",") if (word := " ".join(part.split()))))


def taken(field: str, word: str, by: str) -> Problem:
    return Problem(
        field,
        f"“{word}” finds {by} already. One word finds one service.",
        f"«{word}» ya encuentra {by}. Una palabra encuentra un solo servicio.",
    )


SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class TypeWords:
    """A kind of service as a line knows it: code, unit, the words people type, how it is counted."""

    code: str
    unit: str
    words: tuple[str, ...] = field(default=())
    counts: str = "given"


def plain(words: str) -> str:
    """Folded, with hyphens and slashes as blanks: `Check-in` and `check in` are one."""
    return " ".join(fold(words).replace("-", " ").replace("/", " ").split())


class TypeIndex:
    """All kinds of service, found by a whole synonym or by its beginning."""

    def __init__(self, types: Iterable[TypeWords]):
        self.units: dict[str, str] = {}
        self.counts: dict[str, str] = {}
        self._by_word: dict[str, list[str]] = {}
        for kind in types:
            self.units[kind.code] = kind.unit
            self.counts[kind.code] = kind.counts
            for word in dict.fromkeys(plain(word) for word in (kind.code, *kind.words)):
                if word:
                    self._by_word.setdefault(word, []).append(kind.code)
        self.longest = max((len(word.split()) for word in self._by_word), default=1)

    def exact(self, words: str) -> list[Choice]:
        return [Choice("type", code) for code in self._by_word.get(plain(words), ())]

    def beginning(self, word: str) -> list[Choice]:
        """Kinds one of whose words begins so; from three letters on."""
        start = plain(word)
        if len(start) < SHORTEST_BEGINNING or not start.isalpha():
            return []
        codes: dict[str, None] = {}
        for known, kinds in self._by_word.items():
            if known.startswith(start):
                codes.update(dict.fromkeys(kinds))
        return [Choice("type", code, sure=False) for code in codes]
