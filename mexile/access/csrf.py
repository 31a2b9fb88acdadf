"""The CSRF token: made of a cookie's secret, sent with every form."""

from __future__ import annotations

import hashlib
import hmac

from flask import request

from mexile.ground import keyring
from mexile.web.form import CSRF


def csrf_token(secret: str) -> str:
    """The CSRF token of a cookie's secret."""
    key = keyring.index_key("csrf")
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()[:40]


def is_sent_with(token: str) -> bool:
    """Whether this request comes from our own site and brings the token, in its form or its header."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    sent = request.form.get(CSRF) or request.headers.get("X-CSRF") or ""
    return hmac.compare_digest(sent.encode(), token.encode())
