"""What a cell means that names a country, a language or a state of the United States.

Read in this order: the mapping's own values, the library's names in English and Spanish, the first of
several ("Cuba/Brazil", the text before the first comma or stroke), the name without what stands in
brackets, the one common name a letter away. Whatever is left is unknown: no junk becomes a country.

Codes and their names: what a field may hold, what a code is called, what a person means who types one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from mexile.ground import places
from mexile.ground.text import says_nothing
from mexile.ground.vocabulary import vocabulary
from mexile.sheets.cell.rules import clean, folded
from mexile.sheets.target.rules import PLACES, Field

UNKNOWN = ""
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_SEVERAL = re.compile(r"[,/]")


@dataclass(frozen=True)
class PlaceReading:
    """``code`` is None where it is unknown; ``how`` says by what: "blank", "mapping", "name", "close", "none"."""

    code: str | None
    how: str


BLANK = PlaceReading(None, "blank")
NONE = PlaceReading(None, "none")


def read_place(kind: str, cell: str, values: Mapping[str, str]) -> PlaceReading:
    """The reading of one cell. ``values`` is the mapping's table for this column, its keys `folded`."""
    text = clean(cell)
    if not text:
        return BLANK
    if (code := values.get(folded(text))) is not None:
        return PlaceReading(code or None, "mapping")
    reading = _state(text) if kind == "state" else _country_or_language(kind, text, values)
    return BLANK if reading is NONE and says_nothing(text) else reading


def _country_or_language(kind: str, text: str, values: Mapping[str, str]) -> PlaceReading:
    table = places.country_table() if kind == "country" else places.language_table()
    first = _SEVERAL.split(text, maxsplit=1)[0].strip()
    bare = _BRACKETS.sub("", first).strip()
    for part in dict.fromkeys((text, first, bare)):
        if (own_code := values.get(folded(part))) is not None:
            return PlaceReading(own_code or None, "mapping")
        if code := table.get(places.spelling(part)):
            return PlaceReading(code, "name")
    common = table if kind == "country" else places.common_language_table()
    return _close(bare, common)


def _close(text: str, table: Mapping[str, str]) -> PlaceReading:
    """The one name that differs by a letter, two in a long one. Its first letter must agree: people mistype
    the middle of a word."""
    key = places.spelling(text)
    if len(key) < 6:
        return NONE
    allowed = 1 if len(key) < 10 else 2
    codes: dict[int, set[str]] = {}
    for name, code in table.items():
        if name[0] == key[0] and abs(len(name) - len(key)) <= allowed:
            away = Levenshtein.distance(name, key, score_cutoff=allowed)
            codes.setdefault(away, set()).add(code)
    best = next((codes[away] for away in range(1, allowed + 1) if away in codes), set())
    return PlaceReading(best.copy().pop(), "close") if len(best) == 1 else NONE


def _state(text: str) -> PlaceReading:
    """ "Florida - FL", "Miami, FL", "Boston, Massachusetts", "Washington DC": a code at the end is surest, then
    the name, the first where there are several."""
    parts = [part.strip() for part in re.split(r",|/|\s[-–]\s", text) if part.strip()]
    for part in reversed(parts[1:]):
        if (code := part.replace(".", "").upper()) in places.state_codes():
            return PlaceReading(code, "name")
    table = places.state_table()
    for part in dict.fromkeys((text, *parts)):
        if code := table.get(places.spelling(_BRACKETS.sub("", part))):
            return PlaceReading(code, "name")
    *words, last = text.split()
    if words and last in places.state_codes():
        return PlaceReading(last, "name")
    if text in places.state_codes():
        return PlaceReading(text, "name")
    return _close(parts[-1] if parts else text, table)


def codes_of(kind: str) -> frozenset[str]:
    """Every code that a cell of this kind may come to."""
    known = {
        "country": places.country_codes,
        "language": places.language_codes,
        "state": places.state_codes,
    }
    return known[kind]()


def name_of(kind: str, code: str, lang: str) -> str:
    """The name of a code of this kind."""
    names = {
        "country": places.country_name,
        "language": places.language_name,
        "state": places.state_name,
    }
    return names[kind](code, lang)


def known_codes(known: Field) -> frozenset[str]:
    """The codes that values of this field may come to."""
    if known.kind in PLACES:
        return codes_of(known.kind)
    return frozenset(vocabulary(known.kind.removeprefix("term:")))


def code_name(known: Field, code: str, lang: str) -> str:
    """What a person calls this code."""
    if known.kind in PLACES:
        return name_of(known.kind, code, lang)
    return vocabulary(known.kind.removeprefix("term:")).label(code, lang)


def code_meant(known: Field, typed: str) -> str | None:
    """The code of what was typed, "" for unknown, None where it means nothing."""
    text, codes = clean(typed), known_codes(known)
    if says_nothing(text):
        return ""
    for code in (text, text.lower(), text.upper()):
        if code in codes:
            return code
    if known.kind in PLACES:
        reading = read_place(known.kind, text, {})
        return reading.code if reading.how == "name" else None
    return words_of(known).get(folded(text))


def words_of(known: Field) -> dict[str, str]:
    """What people write for the codes of a vocabulary, folded -> code: the code, its names in both languages and
    what else its file says that it is called ("F", "Femenino")."""
    terms = vocabulary(known.kind.removeprefix("term:")).values()
    return {
        folded(word): term.code for term in terms for word in (term.code, term.en, term.es, *term.more.get("also", ()))
    }
