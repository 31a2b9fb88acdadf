"""A device on which somebody signed in before: a cookie that only we can have written.

It opens nothing. It says whose tries are counted together, so that a stranger who types wrong codes on
other machines slows those and never the owner's own. It holds a random word and an HMAC, no name; a new
password makes all of a person's devices unknown again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from mexile.access.account.models import UserAccount
from mexile.ground import keyring

KEPT = timedelta(days=180)


def new_token(user: UserAccount) -> str:
    """A new token for the cookie of the device on which `user` has just signed in."""
    name = secrets.token_hex(8)
    return f"{name}-{_mac(user, name)}"


def name_of(user: UserAccount | None, token: str) -> str:
    """The device's own name in the token of its cookie, when `user` signed in on it before; "" for a device that is not known."""
    name, _, mac = token.partition("-")
    fits = user is not None and hmac.compare_digest(mac.encode(), _mac(user, name).encode())
    return name if fits else ""


def _mac(user: UserAccount, name: str) -> str:
    body = b"|".join((user.rid, user.password_hash.encode(), name.encode("utf-8", "replace")))
    return hmac.new(keyring.index_key("device"), body, hashlib.sha256).hexdigest()[:40]
