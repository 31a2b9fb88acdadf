"""Our own style sheets, scripts and icons: their address names what is in them, so a browser may keep
them for a year and still never shows an old one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR = "public, max-age=31536000, immutable"


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

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v") and response.status_code in (200, 304):
            response.headers["Cache-Control"] = YEAR
        return response
