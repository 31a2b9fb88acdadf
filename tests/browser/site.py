"""A live mexile on loopback, and people who are signed in to it in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from mexile.access.account.models import UserAccount
from tests.make import Make


class _Quiet(WSGIRequestHandler):
    def log(self, kind: str, message: str, *args: object) -> None:
        """The server of a test says nothing."""


@dataclass(frozen=True)
class Site:
    """A running server: where it is, and how one becomes somebody there."""

    app: Flask
    address: str

    def cookies_of(self, make: Make, user: UserAccount | None) -> list[dict[str, str]]:
        """The cookie of `user`, freshly signed in; none for a stranger."""
        if user is None:
            return []
        return [{"name": self.app.extensions["gate"].cookie, "value": make.session(user), "url": self.address}]

    def cookies_of_donor(self, word: str) -> list[dict[str, str]]:
        """The cookie of a donor who used the mailed link."""
        return [{"name": "mx-donor", "value": word, "url": self.address}]


@contextmanager
def serve(app: Flask) -> Iterator[Site]:
    """Serve `app` on a free port of loopback until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
