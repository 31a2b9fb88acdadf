"""What may stand in an address: a number that a row can have, a word without what can't be seen.

Anything else names nothing, and is answered like every address that leads nowhere. Without this it
would reach the database, which breaks on a number that is too large, and on NUL. Behind the
question mark and in forms NUL is left out: nobody types it.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

LARGEST = 2**31 - 1
"""What PostgreSQL keeps in an integer column."""
MOVED = {"/organisation": "/organization", "/gifts/donors/": "/donors/"}
"""Where a page is that had another address before; with a stroke at its end, all pages below it."""
LONGEST = 1000
"""Longer than any code, and than any word that the program signs."""


def moved(path: str) -> str | None:
    """The address now of a page that had this one before."""
    for old, new in MOVED.items():
        if path == old or (old.endswith("/") and path.startswith(old)):
            return new + path.removeprefix(old)
    return None


class RowNumber(IntegerConverter):
    """`<int:id>`"""

    def to_python(self, value: str) -> int:
        number: int = super().to_python(value) if len(value) < 11 else LARGEST + 1
        if number > LARGEST:
            raise ValidationError
        return number


class PlainWord(UnicodeConverter):
    """`<code>`"""

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST or not value.isprintable():
            raise ValidationError
        return value


class WithoutNul(ImmutableMultiDict[str, Any]):
    """What was sent, without NUL."""

    def __init__(self, sent: Any = None):
        pairs = MultiDict(sent).items(multi=True)
        super().__init__(
            [(name, value.replace("\0", "") if isinstance(value, str) else value) for name, value in pairs]
        )


def arrange(app: Flask) -> None:
    """Before the routes are laid."""
    app.url_map.converters.update({"int": RowNumber, "string": PlainWord, "default": PlainWord})
