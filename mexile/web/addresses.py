"""What may stand in an address: a number that a row can have, a word without what can't be seen.

Anything else names nothing, and is answered like every address that leads nowhere. Without this it
would reach the database, which breaks on a number that is too large, and on NUL. Behind the
question mark and in forms NUL is left out: nobody types it.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

LARGEST = 2**31 - 1
"""What PostgreSQL keeps in an integer column."""
MOVED = [
    (re.compile(old), new)
    for old, new in (
        (r"^/organisation$", "/organization"),
        (r"^/gifts/donors/", "/donors/"),
        (r"^/members/arrivals$", "/arrivals"),
        (r"^/members/imports/([^/]+)/columns$", r"/sheets/\1/mapping"),
        (r"^/members/imports(?=/|$)", "/sheets"),
        (r"^/inquiries/([^/]+)/names(?=/|$)", r"/inquiries/\1/conflict"),
        (r"^/inquiries/([^/]+)/check$", r"/inquiries/\1/conflict/check"),
        (r"^/members/([^/]+)/adverse(?=/|$)", r"/members/\1/conflict"),
    )
]
"""Where a page is that had another address before."""
LONGEST = 1000
"""Longer than any code, and than any word that the program signs."""


def moved(path: str, query: str = "") -> str | None:
    """The address now of a page that had this one before, with what stood behind the question mark."""
    now = next((old.sub(new, path) for old, new in MOVED if old.search(path)), None)
    return f"{now}?{query}" if now and query else now


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
    """Teach the app these kinds of address, before any route is registered."""
    app.url_map.converters.update({"int": RowNumber, "string": PlainWord, "default": PlainWord})
