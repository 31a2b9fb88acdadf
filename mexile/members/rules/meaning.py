"""Codes and their names: what a field may hold, what a code is called, what a person means who types one."""

from mexile.ground.vocabulary import vocabulary
from mexile.members.rules.cell import clean, folded
from mexile.members.rules.fields import PLACES, Field
from mexile.members.rules.places import codes_of, name_of, read_place

UNKNOWN = ("unknown", "desconocido", "-", "?")


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
    if folded(text) in UNKNOWN:
        return ""
    for code in (text, text.lower(), text.upper()):
        if code in codes:
            return code
    if known.kind in PLACES:
        reading = read_place(known.kind, text, {})
        return reading.code if reading.how == "name" else None
    names = {folded(code_name(known, code, lang)): code for code in codes for lang in ("en", "es")}
    return names.get(folded(text))
