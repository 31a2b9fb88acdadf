"""Text as people paste it: cleaned of what can't be seen and can do harm."""

from __future__ import annotations

import re
import unicodedata

_KEPT = {"\n", "\t"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def clean(text: str) -> str:
    """Without control characters, lone surrogates and direction overrides; NFC; trimmed.

    Letters of every script stay. Line ends become "\\n".
    """
    body = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        char
        for char in body
        if char in _KEPT or (char not in _BIDI and unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"))
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def without_accents(text: str) -> str:
    """Each letter as its plain one (NFKD, without what combines)."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def plain(text: str) -> str:
    """Lower case without accents, with plain digits and single spaces, as a reader of days and hours wants it. "1º" is
    "1o"; a raised digit is no digit there."""
    raised = (char for char in text if char.isdigit() and not char.isdecimal())
    return " ".join(without_accents(text.translate(dict.fromkeys(map(ord, raised), "?"))).lower().split())


def by_letter(text: str) -> str:
    """The key by which words are sorted as one sees them: by their letters, without accents, capitals or apostrophes."""
    return "".join(char for char in plain(text) if char.isalnum() or char == " ")


def number_sent(text: object) -> int | None:
    """The number of a row or of a version as a page sent it back; None for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def clean_line(text: str) -> str:
    """`clean`, on a single line."""
    return " ".join(clean(text).split())


_NOTHING = frozenset(
    """n/a n.a. n.a n/d n.d. n.d s/d s.d. s/n s/i nd na null nil nan none nothing ninguno ninguna nada vacio
    unknown desconocido desconocida tbd x/x no_tiene no_hay no_sabe no_se no_se_sabe se_desconoce no_aplica
    no_cuenta no_cuenta_con no_dio no_data no_phone no_telephone no_email no_name not_available not_applicable
    not_known not_given sin_dato sin_datos sin_telefono sin_correo sin_nombre sin_informacion por_definir
    does_not_have doesn't_have #n/a #n/d #null! #ref! #¡ref! #value! #¡valor! #name? #¿nombre? #div/0! #¡div/0!
    #num! #¡num!""".split()
)
_ALSO_WORDS = frozenset({"na", "nd", "nada", "nil", "nan"})
"""Short forms that are names of people too: these say nothing only where they are in capitals, or in small letters."""


def says_nothing(text: str) -> bool:
    """Whether a cell or a field holds only what people write where there is nothing: "-", "N/A", "NULL", "s/d"."""
    bare = " ".join(text.split())
    if not re.search(r"\w", bare):
        return True
    key = without_accents(bare.casefold()).strip("()[]<>- .").replace(" ", "_")
    if key in _ALSO_WORDS:
        return bare.strip("()[]<>- .") in (key, key.upper())
    return key in _NOTHING or without_accents(bare.casefold()) in _NOTHING
