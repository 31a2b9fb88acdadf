"""The same person on two rows of one sheet, by what makes somebody known to us: the tie-finder of `duplicates`."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations, product
from typing import Any

from mexile.ground.errors import Problem
from mexile.ground.phone import same_phone, without_extension
from mexile.members.rules.duplicates import BIRTH, NAME, PHONE, compared
from mexile.members.rules.names import by_ear, words

_WORDS = 6
_WHY = {
    PHONE: ("the same phone", "el mismo teléfono"),
    BIRTH: ("the same day of birth and a name in common", "el mismo día de nacimiento y un nombre en común"),
    NAME: ("the same name", "el mismo nombre"),
}


class Doubles:
    """The rows seen so far. Only rows that share a telephone, two words of a name, or a day of birth with one
    word are compared, so that the work grows with what is alike."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, dict[str, Any], frozenset[str]]] = []
        self._by: defaultdict[Hashable, list[int]] = defaultdict(list)

    def seen(self, number: int, values: dict[str, Any], phones: frozenset[str]) -> list[Problem]:
        """Why the row may be the person of an earlier one; the row counts as seen from now on."""
        keys = set(_keys(values, phones))
        places = sorted({place for key in keys for place in self._by[key]})
        found = [problem for place in places for problem in self._ties(place, values, phones)]
        for key in keys:
            self._by[key].append(len(self._rows))
        self._rows.append((number, values, phones))
        return found

    def _ties(self, place: int, values: dict[str, Any], phones: frozenset[str]) -> Iterator[Problem]:
        number, earlier, theirs = self._rows[place]
        tie = compared(
            names=_names(values),
            born=values.get("birth_date"),
            other_names=_names(earlier),
            other_born=earlier.get("birth_date"),
            same_phone=any(same_phone(*pair) for pair in product(phones, theirs)),
        )
        for reason in tie.reasons:
            en, es = _WHY[reason]
            place_of = "phone" if reason == PHONE else ""
            yield Problem(place_of, f"Row {number} has {en}.", f"La fila {number} tiene {es}.")


def _names(values: dict[str, Any]) -> list[str | None]:
    return [values.get("given_names"), values.get("surnames")]


def _keys(values: dict[str, Any], phones: frozenset[str]) -> Iterator[Hashable]:
    yield from map(without_extension, phones)
    heard = sorted({by_ear(word) for name in _names(values) for word in words(name) if len(word) > 1})[:_WORDS]
    yield from combinations(heard, 2)
    if born := values.get("birth_date"):
        yield from ((born, word) for word in heard)
