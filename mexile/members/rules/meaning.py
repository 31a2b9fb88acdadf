"""What a person typed beside a value: a code, or a name in either language."""

from mexile.members.rules.cell import clean, folded
from mexile.members.rules.fields import PLACES, Field
from mexile.members.rules.mapping import code_name, known_codes
from mexile.members.rules.places import read_place

UNKNOWN = ("unknown", "desconocido", "-", "?")


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
