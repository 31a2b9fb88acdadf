"""Names for invented people: ordinary given names and surnames, drawn apart from each other.

A name that meets one of a known exile, founder, journalist, judge or official is drawn again.
Who they are is kept as the first eight hex digits of a SHA-256 over "given surname" without
accents: the list says no to a name without itself naming anybody.
"""

import hashlib
import unicodedata
from dataclasses import dataclass

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.recipe import recipe

LISTS: dict[str, list[str]] = {kind: text.split() for kind, text in recipe("names").items()}
REFUSED = frozenset(LISTS["refused"])


@dataclass(frozen=True)
class Name:
    """A person's name: given names as written, and one or two surnames."""

    given: str
    surnames: str

    def __str__(self) -> str:
        return f"{self.given} {self.surnames}"

    @property
    def called(self) -> str:
        """What people say: the first given name."""
        return self.given.split()[0]


def plain(text: str) -> str:
    """Lower case without accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def mark(given: str, surname: str) -> str:
    return hashlib.sha256(f"{plain(given)} {plain(surname)}".encode()).hexdigest()[:8]


def is_refused(name: Name) -> bool:
    """Any of the given names with any of the surnames belongs to somebody known."""
    return any(mark(given, surname) in REFUSED for given in name.given.split() for surname in name.surnames.split())


def draw(chance: Chance, gender: str, surnames: str | None = None) -> Name:
    """A Spanish name; `surnames` where the family already has them."""
    given = LISTS.get({"F": "women", "M": "men"}.get(gender, "")) or LISTS["women"] + LISTS["men"]
    while True:
        first = chance.choice(given)
        second = chance.choice(given) if chance.happens(0.3) else first
        called = first if second == first else f"{first} {second}"
        name = Name(called, surnames or f"{chance.choice(LISTS['surnames'])} {chance.choice(LISTS['surnames'])}")
        if not is_refused(name):
            return name


def draw_english(chance: Chance) -> Name:
    while True:
        name = Name(chance.choice(LISTS["english_given"]), chance.choice(LISTS["english_surnames"]))
        if not is_refused(name):
            return name
