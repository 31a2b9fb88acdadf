"""The seven people's passwords and second factors, made from the demo's key.

Nothing is stored beside the account itself: who holds the key can enter as anybody of the
demo, which is why the key opens nothing in production.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

KEY_FILE = "demo.key"


@dataclass(frozen=True)
class Credentials:
    """What one person types at the door."""

    password: str
    seed: str


def of(key: str, word: str) -> Credentials:
    """The credentials of the person called `word` under this key."""
    password = base64.b32encode(_bytes(key, "password", word)[:15]).decode().lower()
    parts = [password[n : n + 6] for n in range(0, 24, 6)]
    return Credentials("-".join(parts), base64.b32encode(_bytes(key, "second factor", word)[:20]).decode())


def key_in(folder: Path) -> str:
    """The key kept in `folder`, made when there is none."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def _bytes(key: str, purpose: str, word: str) -> bytes:
    return hmac.digest(key.encode(), f"mexile/demo/{purpose}/{word}".encode(), hashlib.sha256)
