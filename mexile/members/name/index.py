"""The search in memory: words of names in two sorted lists, as written and by ear.

It holds ids and folded words, no rows; what it finds still has to pass the viewer's rights.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mexile.ground.phone import without_extension
from mexile.members.name.nickname import also_called
from mexile.members.name.rules import by_ear, sort_key, words

MOST_WORDS = 6
LONGEST = 80
ENDS = (3, 4)
"""How many digits of a telephone number people say when they don't say it all."""
_LAST = "\U0010ffff"
_MOST = 2**63
_CODE = re.compile(r"me[ -]?([0-9]+)", re.IGNORECASE)

# How well a word of the question fits a word of a name: smaller is better, and one more where the pages don't show
# that word of the name.
WHOLE, CALLED, BEGINS, SOUNDS, SOUNDS_BEGUN, SLIP = range(0, 12, 2)
_NUMBER = WHOLE
_FIT, _CLOSED, _NOT_FIRST = 10**7, 10**9, 10**10
ENOUGH = 3
"""So many found without allowing for a slip of the hand, and none is looked for."""

# How well a posting's word may be seen: the first name, another word of the name as lists show it, none.
OWN, SHOWN, UNSHOWN = range(3)
Posting = tuple[str, int, int]


@dataclass(frozen=True)
class Entry:
    """What the index keeps of one member. ``own`` are the words a volunteer may search by too, ``other`` the rest
    of the name that lists show, ``unshown`` the words of names that they don't."""

    id: int
    key: str
    own: frozenset[str]
    other: frozenset[str]
    unshown: frozenset[str]
    numbers: frozenset[str]
    short: str = ""
    is_closed: bool = False


def entry(
    id: int,
    code: str,
    *,
    first: str,
    listed: str,
    short: str = "",
    names: Iterable[str | None],
    phones: Iterable[str | None] = (),
    is_closed: bool = False,
) -> Entry:
    """The entry of a member: all words of ``names``, the number of the code and how each of their telephones
    ends, by three digits and by four.

    ``first`` is the name a volunteer reads; the code's number carries a "#", a telephone's end a "*".
    """
    own = frozenset(words(first))
    shown = frozenset(words(listed)) - own
    all_words = frozenset(word for name in names for word in words(name))
    numbers = {"#" + code_number(code)}.union(*(_ends(phone) for phone in phones))
    seen = own | shown
    return Entry(
        id, sort_key(listed), own, shown & all_words, all_words - seen, frozenset(numbers), sort_key(short), is_closed
    )


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
        self._alike: dict[str, set[int]] = {}
        self._placed: dict[int, int] | None = None
        self._closed: set[int] = set()
        self._spelled: list[str] | None = None
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
        self._note(entry)

    def put(self, entry: Entry) -> None:
        """Add an entry or replace the one of the same member."""
        self.take(entry.id)
        self.entries[entry.id] = entry
        insort(self.order, (entry.key, entry.id))
        for posting in _written(entry):
            insort(self._written, posting)
        for posting in _heard(entry):
            insort(self._heard, posting)
        self._note(entry)

    def _note(self, entry: Entry) -> None:
        for number in entry.numbers:
            self._numbers.setdefault(number, set()).add(entry.id)
        if entry.short:
            self._alike.setdefault(entry.short, set()).add(entry.id)

    def take(self, id: int) -> None:
        """Forget a member, if known."""
        self._placed = self._spelled = None
        entry = self.entries.pop(id, None)
        if entry is None:
            return
        del self.order[bisect_left(self.order, (entry.key, id))]
        for posting in _written(entry):
            del self._written[bisect_left(self._written, posting)]
        for posting in _heard(entry):
            del self._heard[bisect_left(self._heard, posting)]
        for number in entry.numbers:
            self._numbers[number].discard(id)
        self._alike.get(entry.short, set()).discard(id)

    def has_namesake(self, id: int, allowed: Collection[int] | None) -> bool:
        """Whether somebody else, of those the viewer may know of, is called the same in short."""
        entry = self.entries.get(id)
        alike = self._alike.get(entry.short, set()) if entry else set()
        return any(other != id and (allowed is None or other in allowed) for other in alike)

    def find(
        self,
        text: str,
        limit: int,
        *,
        allowed: Collection[int] | None = None,
        own_only: bool = False,
        first: Sequence[Collection[int]] = (),
    ) -> list[int]:
        """Ids of the members whose words answer every word of ``text``, best first.

        ``allowed`` are the ids the viewer may know of (None: all); ``own_only`` searches the first names
        and numbers alone; who is in one of ``first`` comes before the others, in its order, the closed after them.
        Where few answer, those who would with one slip of the hand in each word follow.
        """
        text = text[:LONGEST].strip()
        code = _CODE.fullmatch(text)
        asked = [code[1]] if code else words(text)[:MOST_WORDS]
        if not asked:
            return []
        fits = [self._fits(word, own_only) for word in asked]
        found = self._best(fits, limit, allowed, first)
        if len(found) < ENOUGH and not code:
            least = 2 if len(asked) > 1 else 3
            slipped = [self._slips(word, own_only) if len(word) > least else {} for word in asked]
            fits = [slips | fit for slips, fit in zip(slipped, fits, strict=True)]
            found += [id for id in self._best(fits, limit, allowed, first) if id not in found]
        return found[:limit]

    def _best(
        self,
        fits: list[dict[int, int]],
        limit: int,
        allowed: Collection[int] | None,
        first: Sequence[Collection[int]],
    ) -> list[int]:
        fits = sorted(fits, key=len)
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

    def _rank(self, id: int, fits: list[dict[int, int]], first: Sequence[Collection[int]]) -> int:
        rank = _FIT * (fits[0][id] if len(fits) == 1 else sum(fit[id] for fit in fits))
        if self.entries[id].is_closed:
            rank += _CLOSED
        return rank + _NOT_FIRST * next((tier for tier, ids in enumerate(first) if id in ids), len(first))

    def _fits(self, word: str, own_only: bool) -> dict[int, int]:
        """How well each member answers one word; members that don't are absent."""
        fits: dict[int, int] = {}

        def note(postings: Iterable[Posting], whole: str, fit: int, begun: int) -> None:
            for known, id, shown in postings:
                if shown == OWN or not own_only:
                    how = (fit if known == whole else begun) + (shown == UNSHOWN)
                    if fits.get(id, SLIP) > how:
                        fits[id] = how

        if word.isdecimal():
            for number in ("#" + word.lstrip("0"), "*" + word):
                fits.update(dict.fromkeys(self._numbers.get(number, ()), _NUMBER))
        note(_range(self._written, word), word, WHOLE, BEGINS)
        for name in also_called(word):
            note(self._whole(name), name, CALLED, CALLED)
        sound = by_ear(word)
        note(_range(self._heard, sound) if len(sound) > 1 else (), sound, SOUNDS, SOUNDS_BEGUN)
        return fits

    def _slips(self, word: str, own_only: bool) -> dict[int, int]:
        """Who bears a word that is `word` with one letter more, less, other, or two of them changed over."""
        if self._spelled is None:
            self._spelled = list(dict.fromkeys(posting[0] for posting in self._written))
        near = process.extract(word, self._spelled, scorer=OSA.distance, score_cutoff=1, limit=None)
        return {
            id: SLIP + (shown == UNSHOWN)
            for name, _, _ in near
            for _, id, shown in self._whole(name)
            if shown == OWN or not own_only
        }

    def _whole(self, word: str) -> list[Posting]:
        return self._written[bisect_left(self._written, (word,)) : bisect_left(self._written, (word, _MOST))]

    def ordered(self, *, allowed: Collection[int] | None, closed: bool | None) -> list[int]:
        """Ids in the order of the surnames. ``closed``: only the closed, only the open, or (None) both."""
        places = self._places()
        ids = places if allowed is None else sorted(places.keys() & allowed, key=places.__getitem__)
        if closed is None:
            return list(ids)
        return [id for id in ids if id in self._closed] if closed else [id for id in ids if id not in self._closed]


def answers(asked: str, known: str) -> bool:
    """Whether a word of a question may mean this word of a name, in any of the ways in which the index finds it."""
    return (
        known.startswith(asked)
        or known in also_called(asked)
        or by_ear(known).startswith(by_ear(asked))
        or OSA.distance(asked, known, score_cutoff=1) <= 1
    )


def _written(entry: Entry) -> list[Posting]:
    by_sight = (entry.own, entry.other, entry.unshown)
    return [(word, entry.id, shown) for shown, known in enumerate(by_sight) for word in known]


def _heard(entry: Entry) -> list[Posting]:
    """Each sound once, as well seen as the best of the words that have it."""
    best = {by_ear(word): (entry.id, shown) for word, _, shown in reversed(_written(entry))}
    return [(sound, *rest) for sound, rest in best.items()]


def _range(postings: list[Posting], prefix: str) -> list[Posting]:
    return postings[bisect_left(postings, (prefix,)) : bisect_left(postings, (prefix + _LAST,))]
