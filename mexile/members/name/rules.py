"""How names are written, shown, sorted and found. Spanish names first: two surnames, accents, spelling by ear."""

import re
from typing import NamedTuple

from mexile.ground.marks import is_mark
from mexile.ground.text import without_accents

PARTICLES = frozenset(
    "da das de del den der di do dos du e i la las le los mac mc san santa santo van vda von y".split()
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʹꞌʻ")
_WORD = re.compile(r"[^\W_]+")

# Order matters: each line sees what the lines above it left. "1" stands for ch, which keeps its sound.
_BY_EAR = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^x", "j"),  # Ximena, Jimena
        (r"ch", "1"),
        (r"ph", "f"),
        (r"h", ""),  # mute
        (r"w", "gu"),
        (r"v", "b"),
        (r"qu(?=[eiy])|q", "k"),
        (r"g(?=[eiy])", "j"),  # Gimenez, Jimenez
        (r"gu(?=[eiy])", "g"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"[zx]", "s"),
        (r"ll|y", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def folded(text: str) -> str:
    """``text`` in small letters without accents, so that "Ñúñez" and "nunez" are the same."""
    plain = text.casefold().translate(_APOSTROPHES).translate(_LETTERS)
    if plain.isascii():
        return plain
    return without_accents(plain)


def words(text: str | None) -> list[str]:
    """The folded words of a name or of what somebody typed, in order."""
    return _WORD.findall(folded(text)) if text else []


def by_ear(word: str) -> str:
    """The key under which words that sound alike in Mexico are equal: Vázquez, bazkes; Jiménez, gimenez.

    Takes a folded word. Mute h; b, v; c, s, z, x; ll, y, i; g, j before e and i; qu, k; w, gu; doubled letters.
    """
    for pattern, sound in _BY_EAR:
        word = pattern.sub(sound, word)
    return word


def sort_key(text: str) -> str:
    """A key that sorts as a Mexican list does: accents don't count, ñ stands after n."""
    return folded(text.replace("ñ", "n~").replace("Ñ", "n~"))


def split_surnames(name: str) -> tuple[str, str]:
    """A whole name in its natural order as (given names, surnames), by custom: of three words or more
    the last two are surnames, of two the last one, and particles stay with the word they lead to.

    It is a guess: where somebody told us the surnames, those are used instead.
    """
    units: list[str] = []
    lead = ""
    for word in name.split():
        lead = f"{lead} {word}" if lead else word
        if word.lower() not in PARTICLES:
            units.append(lead)
            lead = ""
    if lead and units:
        units[-1] += " " + lead
    first = len(units) - 2 if len(units) > 2 else 1
    return " ".join(units[:first]), " ".join(units[first:])


class ShownName(NamedTuple):
    """What the pages call a person. ``first`` is all that a volunteer reads."""

    first: str
    short: str
    full: str
    listed: str

    @property
    def initials(self) -> str:
        """ "A. R." for Ana R.: what a page says that may be seen over a shoulder."""
        return " ".join(f"{word[0]}." for word in self.short.split()[:2])


def shown_name(alias: str | None, preferred: str | None, legal: str | None, surnames: str | None = None) -> ShownName:
    """How a person is called: the preferred name, then the given name, then the alias.

    ``short`` tells two Anas apart ("Ana R."), ``full`` and ``listed`` carry both surnames.
    """
    if not legal:
        called = preferred or alias or ""
        first = first_word(called) if preferred else called
        return ShownName(first, called, called, called)
    given, last = parted(legal, surnames)
    called = preferred or given or last
    first = first_word(called)
    short = f"{first} {last[0]}." if last and given else first
    full = f"{called} {last}" if last and given else called
    listed = f"{last}, {called}" if last and given else called
    return ShownName(first, short, full, listed)


def first_word(called: str) -> str:
    """The first of somebody's names. The mark of a name that can't be opened is no names, and stays whole."""
    return called if is_mark(called) else called.split(" ", 1)[0]


def parted(legal: str, surnames: str | None) -> tuple[str, str]:
    """(given names, surnames) of a legal name, by what we were told or else by custom."""
    if is_mark(legal):
        return legal, ""
    if surnames and legal.endswith(surnames):
        return legal[: -len(surnames)].strip(), surnames
    return split_surnames(legal)
