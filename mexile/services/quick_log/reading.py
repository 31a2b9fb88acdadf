"""What a typed line says once its pieces are put together, the ways in which they can be read, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from mexile.ground.dates import fold
from mexile.ground.errors import Problem


@dataclass(frozen=True)
class Person:
    """Somebody the viewer may log for. `sure` when the words are a whole name, the code
    or the last digits of the phone; `heard` when they only sound like the name."""

    code: str
    name: str
    sure: bool
    heard: bool = False


class People(Protocol):
    """The people the viewer may log for, and nobody else."""

    def named(self, words: str, /) -> Sequence[Person]:
        """By name, nickname, code or last three digits of the phone; likeliest first."""

    def coded(self, code: str, /) -> Person | None:
        """By public code."""


@dataclass(frozen=True)
class Choice:
    """`kind` is person, family, others, type, minutes, day, month, money, quantity or apart;
    `value` its code or number as text; `name` a person's name, else empty.

    `sure` says that the word itself is meant: a whole name, a whole synonym, a full day
    word, a number. What was found by a beginning or by its sound is not sure;
    what was only `heard` is never taken unasked.
    """

    kind: str
    value: str
    name: str = ""
    sure: bool = True
    heard: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Piece:
    """Some words of the line as typed, how they can be read, and which reading holds.

    `chosen` is None while the words can be read in several ways: nothing is saved until
    somebody chooses. `proposed` is what Enter takes; it is None where the readings are of
    different kinds or days, so that only a deliberate choice settles them.
    """

    words: str
    choices: tuple[Choice, ...] = ()
    chosen: Choice | None = None
    proposed: Choice | None = None
    problem: Problem | None = None

    def choose(self, choice: Choice) -> Piece:
        return replace(self, chosen=choice, proposed=None, problem=None)


def settle(words: str, choices: list[Choice]) -> Piece:
    """Let the only sure reading hold; otherwise propose, or ask.

    Sure readings go before unsure ones. One sure reading holds by itself; an unsure one
    holds when it is the only reading at all and wasn't found by its sound alone. Several people called alike are proposed in
    their order; anything else that stays open has to be chosen.
    """
    ordered = tuple(sorted(choices, key=lambda choice: not choice.sure))
    leading = [choice for choice in ordered if choice.sure] or list(ordered)
    if len(leading) == 1 and not leading[0].heard:
        return Piece(words, ordered, chosen=leading[0])
    alike = {choice.kind for choice in leading} == {"person"}
    return Piece(words, ordered, proposed=leading[0] if leading and alike else None)


WHO = Problem("line", "Who was it for?", "¿Para quién fue?")
WHAT = Problem("line", "What was done?", "¿Qué se hizo?")
FAMILY_OF_WHOM = Problem(
    "line",
    "Whose household? Name one person of it.",
    "¿El hogar de quién? Escriba el nombre de una persona.",
)


@dataclass(frozen=True)
class Reading:
    """What the line says. `people` are codes in the order typed, each once."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]
    people: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    family: bool = False
    others: int = 0
    type_code: str | None = None
    minutes: int | None = None
    on: date | None = None
    cents: int | None = None
    quantity: int | None = None

    @property
    def questions(self) -> tuple[Piece, ...]:
        """The pieces that somebody has to settle."""
        return tuple(piece for piece in self.pieces if piece.chosen is None)

    @property
    def ready(self) -> bool:
        """Every word is settled and nothing is missing: it can be saved."""
        return bool(self.pieces) and not self.problems and not self.questions

    @property
    def empty(self) -> bool:
        return not self.pieces


def accepted(reading: Reading) -> dict[str, str]:
    """The picks that Enter adds: each proposal becomes the choice."""
    return {
        fold(piece.words): piece.proposed.key for piece in reading.pieces if piece.chosen is None and piece.proposed
    }


def _twice(en: str, es: str) -> Problem:
    return Problem("line", f"There are two {en} in this line.", f"Hay dos {es} en esta línea.")


_TWICE = {
    "type": _twice("services", "servicios"),
    "minutes": _twice("durations", "duraciones"),
    "day": _twice("days", "días"),
    "money": _twice("amounts", "montos"),
    "quantity": _twice("quantities", "cantidades"),
}


def gather(pieces: Sequence[Piece]) -> Reading:
    """Put the settled pieces together and say all that is wrong or missing, at once."""
    problems = [piece.problem for piece in pieces if piece.problem]
    by_kind: dict[str, list[Choice]] = {}
    for piece in pieces:
        if piece.chosen:
            by_kind.setdefault(piece.chosen.kind, []).append(piece.chosen)
    for kind, problem in _TWICE.items():
        if len({choice.value for choice in by_kind.get(kind, ())}) > 1:
            problems.append(problem)
    open_kinds = {choice.kind for p in pieces if not p.chosen for choice in p.choices}
    persons = {choice.value: choice.name for choice in by_kind.get("person", ())}
    others = sum(int(choice.value) for choice in by_kind.get("others", ()))
    family = "family" in by_kind
    if family and not persons and "person" not in open_kinds:
        problems.append(FAMILY_OF_WHOM)
    elif pieces and not persons and not others and not open_kinds & {"person", "others"}:
        problems.append(WHO)
    if pieces and "type" not in by_kind and "type" not in open_kinds:
        problems.append(WHAT)

    def value(kind: str) -> str | None:
        return by_kind[kind][0].value if kind in by_kind else None

    day = value("day")
    minutes, cents, quantity = (value(kind) for kind in ("minutes", "money", "quantity"))
    return Reading(
        pieces=tuple(pieces),
        problems=tuple(problems),
        people=tuple(persons),
        names=persons,
        family=family,
        others=others,
        type_code=value("type"),
        minutes=int(minutes) if minutes is not None else None,
        on=date.fromisoformat(day) if day else None,
        cents=int(cents) if cents is not None else None,
        quantity=int(quantity) if quantity is not None else None,
    )
