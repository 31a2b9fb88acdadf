"""The way back: where a form that stands on every page leads after it was sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException


def back(path: str | None, **words: str) -> str:
    """The page of ours called `path`, or Today where it is none. Only the path is kept:
    a form can't lead out of the house, and what a page was asked for isn't repeated."""
    parts = urlsplit(path or "")
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or not _is_page(parts.path):
        return url_for("home.today", **words)
    query = "&".join(f"{name}={value}" for name, value in words.items())
    return f"{parts.path}?{query}" if query else parts.path


def _is_page(path: str) -> bool:
    if path.startswith("//") or "\\" in path:
        return False
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(path, method="GET")
    except HTTPException:
        return False
    return endpoint != "static"
