"""Our own style sheets, scripts and icons: their address names what is in them, so a browser may keep
them for a year and still never shows an old one. Those of words leave compressed, once for all: they are the same for
everybody. A page is never compressed, because beside what somebody typed its size would tell what is secret in it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR = "public, max-age=31536000, immutable"
WEEK = "public, max-age=604800"
"""For the fonts, which style sheets call by their bare name."""
WORDS = (".css", ".js", ".svg", ".webmanifest")
"""The files that are worth compressing; fonts and pictures are compressed already."""


def digest(path: Path) -> str:
    """The first eight figures of what a file holds; nothing for one that isn't there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    except OSError:
        return ""


def arrange(app: Flask) -> None:
    folder, known = Path(app.static_folder or ""), {}

    @app.url_defaults
    def name_what_is_in_it(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" or "filename" not in values or "v" in values:
            return
        name = values["filename"]
        if name not in known or app.debug:
            known[name] = digest(folder / name)
        if known[name]:
            values["v"] = known[name]

    app.view_functions["static"] = _packed(app)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v") and response.status_code in (200, 304):
            response.headers["Cache-Control"] = YEAR
        elif request.endpoint == "static" and request.path.endswith(".woff2"):
            response.headers["Cache-Control"] = WEEK
        return response


def _packed(app: Flask) -> Callable[[str], Response]:
    """The view of the static files: each as it lies there, or packed for whoever unpacks it."""
    packed: dict[str, bytes] = {}

    def static(filename: str) -> Response:
        answer = app.send_static_file(filename)
        if not filename.endswith(WORDS) or app.debug:
            return answer
        answer.vary.add("Accept-Encoding")
        answer.set_etag(answer.get_etag()[0] or "", weak=True)
        if answer.status_code == 200 and "gzip" in request.accept_encodings:
            answer.close()
            answer.direct_passthrough = False
            if filename not in packed:
                packed[filename] = gzip.compress((Path(app.static_folder or "") / filename).read_bytes(), 9, mtime=0)
            answer.set_data(packed[filename])
            answer.headers["Content-Encoding"] = "gzip"
        return answer

    return static
