"""The challenge that a passkey signs: a word that only we can have written, a moment ago, for this very browser.

It lies in no table: it carries the moment and an HMAC over it, over what it is for and over the cookie's secret of
the browser that asked. Once it was answered, `once` remembers it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from mexile.ground import clock, keyring, once

GOOD_FOR = timedelta(minutes=5)
ADD, OPEN = "add", "open"


def new_challenge(purpose: str, holder: str) -> bytes:
    """A challenge for one of ADD and OPEN; ``holder`` is the secret of the browser that asks."""
    body = secrets.token_bytes(16) + int(clock.now().timestamp()).to_bytes(8, "big")
    return body + _mac(purpose, holder, body)


def is_ours(challenge: bytes, purpose: str, holder: str) -> bool:
    """Whether we gave it to this browser for this purpose within the last minutes, and it was never answered."""
    body, mac = challenge[:24], challenge[24:]
    if len(body) < 24 or not hmac.compare_digest(_mac(purpose, holder, body), mac):
        return False
    given_at = datetime.fromtimestamp(int.from_bytes(body[16:], "big"), UTC)
    return clock.is_within(given_at, GOOD_FOR) and once.result(_name(challenge)) is None


def use_up(challenge: bytes) -> None:
    """Inside `writing()`."""
    once.remember(_name(challenge), "")


def _name(challenge: bytes) -> str:
    return f"passkey {challenge.hex()}"


def _mac(purpose: str, holder: str, body: bytes) -> bytes:
    return hmac.digest(keyring.index_key("passkey"), f"{purpose}|{holder}|".encode() + body, hashlib.sha256)
