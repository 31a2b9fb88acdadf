"""What a short name stands for, in both languages: Beto, Lupita, Juanito. Words are folded, as the index holds them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from mexile.ground.vocabulary import vocabulary
from mexile.members.name.rules import words

_ENDINGS = ("citos", "citas", "cito", "cita", "itos", "itas", "ito", "ita", "illo", "illa")
_ENDS = ("", "o", "a", "e", "io", "ia", "os", "es")
SHORTEST = 3


@cache
def _short_names() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(short name -> the given names it stands for, given name -> its short names)."""
    stands_for: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for name in vocabulary("nickname").values():
        for said in words(f"{name.en} {name.es}"):
            stands_for[said].add(name.code)
            short[name.code].add(said)
    return _fixed(stands_for), _fixed(short)


def _fixed(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(names) for word, names in table.items()}


@lru_cache(maxsize=2048)
def also_called(word: str) -> frozenset[str]:
    """Other words that somebody called `word` may be written under: the names that it, or what it is the diminutive
    of, stands for; of a given name its short names."""
    stands_for, short = _short_names()
    bases = {word, *_without_diminutive(word)}
    names = bases.union(*(stands_for.get(base, ()) for base in bases))
    return frozenset(names.union(short.get(word, ())) - {word})


def _without_diminutive(word: str) -> set[str]:
    """What a diminutive may come from: rosita, Rosa; paquito, Paco; carlitos, Carlos; ramoncito, Ramón."""
    found = set()
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST - 1:
            stems = {stem, stem[:-2] + "c"} if stem.endswith("qu") else {stem}
            stems |= {stem[:-1]} if stem.endswith("gu") else set()
            found |= {base + end for base in stems for end in _ENDS if len(base + end) >= SHORTEST}
    return found
