"""Codes and their names: what a field may hold, what a code is called, what a person means who types one."""

from mexile.ground.text import says_nothing
from mexile.ground.vocabulary import vocabulary
from mexile.members.rules.cell import clean, folded
from mexile.members.rules.fields import PLACES, Field
from mexile.members.rules.places import codes_of, name_of, read_place


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
        folded(said): term.code for term in terms for said in (term.code, term.en, term.es, *term.more.get("also", ()))
    }
