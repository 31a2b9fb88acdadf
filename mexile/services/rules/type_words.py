"""Which kind of service a word means: names and synonyms, in Spanish and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mexile.ground.dates import fold
from mexile.services.rules.choice import Choice

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
