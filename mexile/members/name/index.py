"""The search in memory: words of names in two sorted lists, as written and by ear.

It holds ids and folded words, no rows; what it finds still has to pass the viewer's rights.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nsmallest

from mexile.ground.phone import without_extension
from mexile.members.name.rules import by_ear, sort_key, words

MOST_WORDS = 6
LONGEST = 80
ENDS = (3, 4)
"""How many digits of a telephone number people say when they don't say it all."""
_LAST = "\U0010ffff"
_CODE = re.compile(r"me[ -]?([0-9]+)", re.IGNORECASE)

# How well a word of the question fits a word of a name: smaller is better.
WHOLE, BEGINS, SOUNDS, SOUNDS_BEGUN = range(4)
_NUMBER = WHOLE
_FIT, _CLOSED, _NOT_FIRST = 10**7, 10**9, 10**10

Posting = tuple[str, int, bool]


@dataclass(frozen=True)
class Entry:
    """What the index keeps of one member. ``own`` are the words a volunteer may search by too."""

    id: int
    key: str
    own: frozenset[str]
    other: frozenset[str]
    numbers: frozenset[str]
    is_closed: bool = False


def entry(
    id: int,
    code: str,
    *,
    first: str,
    listed: str,
    names: Iterable[str | None],
    phones: Iterable[str | None] = (),
    is_closed: bool = False,
) -> Entry:
    """The entry of a member: all words of ``names``, the number of the code and how each of their telephones
    ends, by three digits and by four.

    ``first`` is the name a volunteer reads; the code's number carries a "#", a telephone's end a "*".
    """
    own = frozenset(words(first))
    other = frozenset(word for name in names for word in words(name)) - own
    numbers = {"#" + code_number(code)}.union(*(_ends(phone) for phone in phones))
    return Entry(id, sort_key(listed), own, other, frozenset(numbers), is_closed)


def _ends(phone: str | None) -> set[str]:
    """The ends of a telephone number; none of a mail address."""
    main = without_extension(phone or "")
    digits = "".join(c for c in main if c.isdecimal()) if "@" not in main else ""
    return {"*" + digits[-length:] for length in ENDS} if len(digits) >= 7 else set()


def code_number(code: str) -> str:
    """The number in a public code without its zeros: "ME-0412" is "412"."""
    return code.rpartition("-")[2].lstrip("0")


class NameIndex:
    """Members by their words. Changed in place, one entry at a time, under its owner's lock."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: dict[int, Entry] = {}
        self.order: list[tuple[str, int]] = []
        self._written: list[Posting] = []
        self._heard: list[Posting] = []
        self._numbers: dict[str, set[int]] = {}
        self._placed: dict[int, int] | None = None
        self._closed: set[int] = set()
        for entry in entries:
            self._place(entry)
        for postings in (self._written, self._heard):
            postings.sort()
        self.order.sort()

    def __len__(self) -> int:
        return len(self.entries)

    def _place(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        self.order.append((entry.key, entry.id))
        self._written.extend(_written(entry))
        self._heard.extend(_heard(entry))
        for number in entry.numbers:
            self._numbers.setdefault(number, set()).add(entry.id)

    def put(self, entry: Entry) -> None:
        """Add an entry or replace the one of the same member."""
        self.take(entry.id)
        self._placed = None
        self.entries[entry.id] = entry
        insort(self.order, (entry.key, entry.id))
        for posting in _written(entry):
            insort(self._written, posting)
        for posting in _heard(entry):
            insort(self._heard, posting)
        for number in entry.numbers:
            self._numbers.setdefault(number, set()).add(entry.id)

    def take(self, id: int) -> None:
        """Forget a member, if known."""
        entry = self.entries.pop(id, None)
        if entry is None:
            return
        self._placed = None
        del self.order[bisect_left(self.order, (entry.key, id))]
        for posting in _written(entry):
            del self._written[bisect_left(self._written, posting)]
        for posting in _heard(entry):
            del self._heard[bisect_left(self._heard, posting)]
        for number in entry.numbers:
            self._numbers[number].discard(id)

    def find(
        self,
        text: str,
        limit: int,
        *,
        allowed: Collection[int] | None = None,
        own_only: bool = False,
        first: Collection[int] = (),
    ) -> list[int]:
        """Ids of the members whose words answer every word of ``text``, best first.

        ``allowed`` are the ids the viewer may know of (None: all); ``own_only`` searches the first names
        and numbers alone; ``first`` come before the others, the closed after them.
        """
        text = text[:LONGEST].strip()
        code = _CODE.fullmatch(text)
        asked = [code[1]] if code else words(text)[:MOST_WORDS]
        if not asked:
            return []
        fits = sorted((self._fits(word, own_only) for word in asked), key=len)
        ids: Collection[int] = fits[0] if allowed is None else fits[0].keys() & allowed
        rest = fits[1:]
        if rest:
            ids = [id for id in ids if all(id in fit for fit in rest)]
        places = self._places()
        return [id for _, id in nsmallest(limit, [(self._rank(id, fits, first) + places[id], id) for id in ids])]

    def _places(self) -> dict[int, int]:
        """Where each member stands in the order of the surnames; who is closed is noted beside it."""
        if self._placed is None:
            self._placed = {id: place for place, (_, id) in enumerate(self.order)}
            self._closed = {id for id, entry in self.entries.items() if entry.is_closed}
        return self._placed

    def _rank(self, id: int, fits: list[dict[int, int]], first: Collection[int]) -> int:
        rank = _FIT * (fits[0][id] if len(fits) == 1 else sum(fit[id] for fit in fits))
        if self.entries[id].is_closed:
            rank += _CLOSED
        return rank if id in first else rank + _NOT_FIRST

    def _fits(self, word: str, own_only: bool) -> dict[int, int]:
        """How well each member answers one word; members that don't are absent."""
        fits: dict[int, int] = {}
        if word.isdecimal():
            for number in ("#" + word.lstrip("0"), "*" + word):
                fits.update(dict.fromkeys(self._numbers.get(number, ()), _NUMBER))
        for written, id, own in _range(self._written, word):
            if (own or not own_only) and fits.get(id, BEGINS) > WHOLE:
                fits[id] = WHOLE if written == word else BEGINS
        sound = by_ear(word)
        for heard, id, own in _range(self._heard, sound) if len(sound) > 1 else ():
            if (own or not own_only) and fits.get(id, SOUNDS_BEGUN) > SOUNDS:
                fits[id] = SOUNDS if heard == sound else SOUNDS_BEGUN
        return fits

    def ordered(self, *, allowed: Collection[int] | None, closed: bool | None) -> list[int]:
        """Ids in the order of the surnames. ``closed``: only the closed, only the open, or (None) both."""
        places = self._places()
        ids = places if allowed is None else sorted(places.keys() & allowed, key=places.__getitem__)
        if closed is None:
            return list(ids)
        return [id for id in ids if id in self._closed] if closed else [id for id in ids if id not in self._closed]


def _written(entry: Entry) -> list[Posting]:
    return [(word, entry.id, True) for word in entry.own] + [(word, entry.id, False) for word in entry.other]


def _heard(entry: Entry) -> list[Posting]:
    own = {by_ear(word) for word in entry.own}
    other = {by_ear(word) for word in entry.other} - own
    return [(word, entry.id, True) for word in own] + [(word, entry.id, False) for word in other]


def _range(postings: list[Posting], prefix: str) -> list[Posting]:
    return postings[bisect_left(postings, (prefix,)) : bisect_left(postings, (prefix + _LAST,))]
