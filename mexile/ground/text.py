"""Text as people paste it: cleaned of what can't be seen and can do harm."""

from __future__ import annotations

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
        if char in _KEPT
        or (char not in _BIDI and unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn"))
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def without_accents(text: str) -> str:
    """Each letter as its plain one (NFKD, without what combines)."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def plain(text: str) -> str:
    """Lower case without accents, with plain digits and single spaces, as a reader of days and hours wants it. "1º" is
    "1o"; a raised digit is no digit there."""
    raised = (char for char in text if char.isdigit() and not char.isdecimal())
    return " ".join(without_accents(text.translate(dict.fromkeys(map(ord, raised), "?"))).lower().split())


def number_sent(text: object) -> int | None:
    """The number of a row or of a version as a page sent it back; None for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def clean_line(text: str) -> str:
    """`clean`, on a single line."""
    return " ".join(clean(text).split())
