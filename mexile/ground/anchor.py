"""The anchor: the trail's last line as it was last seen, kept beside the keyring and not in the database.

Whoever can write the database could take the newest lines of the trail away, and the chain of the rest
would still be whole. Here lies what the last line was, under a seal of its own; the directors get it by
mail each day as well. A database older than its anchor was cut, or is an old copy that was put back.

The file holds two places of one size, written in turn without waiting for the disk (a wait would cost
each write 5 ms): cut off while it is written, one of the two still says an earlier line.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mexile.ground import keyring

log = logging.getLogger("mexile.anchor")

FILE = "trail-head"
_PLACE = 256


@dataclass(frozen=True)
class Head:
    """One line of the trail: its number, its seal (hex) and its moment."""

    seq: int
    mac: str
    at: datetime


def path() -> Path:
    return keyring.current().path.parent / FILE


def seen() -> Head | None:
    """The last line that was seen; None where none was yet, or the file is not ours any more."""
    try:
        body = path().read_bytes()
    except OSError:
        return None
    heads = [head for start in (0, _PLACE) if (head := _read(body[start : start + _PLACE]))]
    return max(heads, key=lambda head: head.seq, default=None)


def keep(head: Head) -> None:
    """Keep this line as the last one seen. What can't be written is told in the log and by `mexile doctor`."""
    text = json.dumps([head.seq, head.mac, head.at.isoformat()])
    try:
        handle = os.open(path(), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(handle, f"{_seal(text)} {text}".ljust(_PLACE - 1).encode() + b"\n", head.seq % 2 * _PLACE)
        finally:
            os.close(handle)
    except OSError as error:
        log.error("the trail's last line can't be kept beside the keyring: %s", error.strerror)


def forget() -> None:
    """Begin anew: what was seen before counts no more."""
    path().unlink(missing_ok=True)


def is_damaged() -> bool:
    """There is a file, and nothing in it is under our seal."""
    return path().exists() and seen() is None


def _read(place: bytes) -> Head | None:
    seal, _, text = place.decode("ascii", "replace").strip("\0 \n").partition(" ")
    if not text or not hmac.compare_digest(seal.encode(), _seal(text).encode()):
        return None
    seq, mac, at = json.loads(text)
    return Head(seq, mac, datetime.fromisoformat(at))


def _seal(text: str) -> str:
    return hmac.new(keyring.index_key("anchor"), text.encode(), hashlib.sha256).hexdigest()
