"""One way to read some words of a line, the words with all their ways, and the people they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

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
