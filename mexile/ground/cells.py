"""Text that stays text: never a formula, never a character that breaks the file."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.cell import Cell

MOST = 32_767
"""Excel keeps no more characters in a cell."""

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_REVIVES = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """`text` without what XML forbids and without signs that turn the writing direction, cut
    to what a cell holds. Surrogates left alone would not be UTF-8."""
    return _ILLEGAL.sub("", text)[:MOST]


def revives(text: str) -> bool:
    """Whether a program that edits the cell might read it as a formula."""
    return text.startswith(_REVIVES)


def put_text(cell: Cell, text: str) -> None:
    """Write words into a cell as words: the type is set after the value, since the library
    takes a leading "=" for a formula, and the quote prefix keeps it so when it is edited."""
    cleaned: Any = clean(text)
    cell.value = cleaned
    cell.data_type = "s"
    if revives(cleaned):
        cell.quotePrefix = True
