"""The way on: addresses of our own pages, where a form leads after it was sent or a lock was opened.

An address is logged by whatever stands between us and a browser. So the words of a search, which may be a name, are
sent as a form; where one stands in an address all the same, it isn't repeated.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

SEARCHED = frozenset(("q", "who"))
"""The fields in which people search by words."""


def own_page(path: str | None) -> SplitResult | None:
    """The parts of `path` where it is a page of this program, which answers a GET; None for anything else."""
    try:
        parts = urlsplit(path or "")
    except ValueError:
        return None
    if (
        parts.scheme
        or parts.netloc
        or not parts.path.startswith("/")
        or parts.path.startswith("//")
        or "\\" in (path or "")
    ):
        return None
    addresses = current_app.create_url_adapter(request)
    assert addresses is not None  # Flask makes one for every request
    try:
        endpoint, _ = addresses.match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint == "static" else parts


def without_words(query: str) -> str:
    """A query without what somebody searched for, with its "?" where anything is left."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in SEARCHED]
    return f"?{urlencode(kept)}" if kept else ""


def asked_for() -> str:
    """The address of this request, to come back to it."""
    return request.path + without_words(request.query_string.decode("latin-1"))


def back(path: str | None, **words: Any) -> str:
    """The page of ours called `path`, or Today where it is none. Only the path is kept:
    a form can't lead out of the house, and what a page was asked for isn't repeated."""
    parts = own_page(path)
    if parts is None:
        return url_for("home.today", **words)
    query = "&".join(f"{name}={value}" for name, value in words.items())
    return f"{parts.path}?{query}" if query else parts.path
