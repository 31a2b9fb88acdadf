"""Browsers of the tests: they speak to the address of the configuration, and carry the
CSRF token in every form unless told not to (`csrf=False`)."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mexile.access.account.models import UserAccount
from mexile.access.csrf import csrf_token

ADDRESS = "http://127.0.0.1:8080"
HOST = "127.0.0.1"
STRANGER = "a-stranger-of-the-tests"


class Client(FlaskClient):
    """A browser. `user` is who is signed in, None for a stranger."""

    user: UserAccount | None = None
    secret: str = STRANGER

    def carry(self, app: Flask, token: str | None, user: UserAccount | None) -> Client:
        """Take the cookie of a session, or of a stranger who has seen a form."""
        found = app.extensions["gate"]
        self.user, self.secret = user, token or STRANGER
        self.set_cookie(found.cookie if token else found.stranger_cookie, self.secret, domain=HOST)
        return self

    def open(self, *words: Any, csrf: bool = True, **more: Any) -> TestResponse:
        if words and isinstance(words[0], str):
            more.setdefault("base_url", ADDRESS)
            if csrf and more.get("method", "GET") not in ("GET", "HEAD", "OPTIONS"):
                more["headers"] = {"X-CSRF": csrf_token(self.secret), **dict(more.get("headers") or {})}
        return super().open(*words, **more)
