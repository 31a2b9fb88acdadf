"""Sealing: AES-256-GCM under the data key of the person or donor that a row belongs to.

A sealed value is bound to its table, column and row (its `rid`), so that it can be
neither moved nor copied: `0x01 version | 0x01 algorithm | nonce 12 | ciphertext | tag 16`.
The text is padded to 32, 64, ... 1024 bytes, then to whole KiB, which hides its length.

Every opening is noted in `reads`, from which the web writes one trail row a request
before the page leaves.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag

from mexile.ground import keyring
from mexile.ground.errors import Invalid, KeyErased, KeyGone, OpenTransaction, Problem, Tampered
from mexile.ground.marks import DAMAGED, NO_KEY, UNOPENED, is_mark

log = logging.getLogger("mexile.seal")

HEAD = b"\x01\x01"
MAX_BYTES = 1024 * 1024


class Reads:
    """What one request has opened: the kinds of field, and the rows they are of."""

    def __init__(self, shows_marks: bool = True) -> None:
        self.shows_marks = shows_marks
        self.fields: set[str] = set()
        self.rids: dict[bytes, None] = {}
        self.written = False
        self.damaged = 0

    def note(self, table: str, column: str, rid: bytes) -> None:
        if self.written:
            raise OpenTransaction("a sealed field was read after the trail was written")
        self.fields.add(f"{table}.{column}")
        self.rids[rid] = None

    def clear(self) -> None:
        self.fields.clear()
        self.rids.clear()


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)


def begin_reads(shows_marks: bool = True) -> Reads:
    """Start noting for this request. A job, which shows its reads to nobody and sends them on, gets no marks:
    there what can't be opened raises."""
    reads = Reads(shows_marks)
    _reads.set(reads)
    return reads


def reads() -> Reads | None:
    return _reads.get()


@contextmanager
def silent() -> Iterator[None]:
    """Openings in here are not noted: for indexes and checks whose values nobody is shown."""
    token = _reads.set(None)
    try:
        yield
    finally:
        _reads.reset(token)


@lru_cache(maxsize=512)
def _place(table: str, column: str) -> bytes:
    parts = ("mexile", HEAD.hex(), table, column)
    return b"".join(len(part).to_bytes(2, "big") + part.encode() for part in parts)


def has_room(text: str) -> bool:
    """Whether a cell can hold `text`."""
    return len(text.encode()) + 4 <= MAX_BYTES


def _pad(text: bytes) -> bytes:
    size = len(text) + 4
    if size > MAX_BYTES:
        raise ValueError("a sealed text is limited to 1 MiB")
    room = 32
    while room < size and room < 1024:
        room *= 2
    if size > room:
        room = -(-size // 1024) * 1024
    return len(text).to_bytes(4, "big") + text + bytes(room - size)


def seal(table: str, column: str, rid: bytes, key_id: bytes, text: str) -> bytes:
    """Seal `text` for one cell."""
    nonce = secrets.token_bytes(12)
    cipher = keyring.current().cipher(key_id)
    padded = _pad(text.encode("utf-8"))
    return HEAD + nonce + cipher.encrypt(nonce, padded, _place(table, column) + rid)


def unseal(table: str, column: str, rid: bytes, key_id: bytes, blob: bytes | None) -> str | None:
    """Open one cell and note the reading. None stays None.

    In a request a value that was damaged, or moved from another cell, becomes `DAMAGED`, one that was
    erased `NO_KEY`, and one whose key is missing `UNOPENED`; elsewhere they raise Tampered and KeyGone.
    """
    if blob is None:
        return None
    noting = _reads.get()
    if noting is None:
        return open_cell(table, column, rid, key_id, blob)
    noting.note(table, column, rid)
    if not noting.shows_marks:
        return open_cell(table, column, rid, key_id, blob)
    try:
        return open_cell(table, column, rid, key_id, blob)
    except Tampered:
        noting.damaged += 1
        log.error("a sealed value of %s.%s is damaged: restore it from a backup", table, column)
        return DAMAGED
    except KeyErased:
        return NO_KEY
    except KeyGone:
        noting.damaged += 1
        log.error("a sealed value of %s.%s can't be opened: its key is not in the keyring", table, column)
        return UNOPENED


def open_cell(table: str, column: str, rid: bytes, key_id: bytes, blob: bytes) -> str:
    """Open one cell without noting it. Raises Tampered or KeyGone; KeyErased for a cell that a removal emptied."""
    if not blob:
        raise KeyErased(f"{table}.{column}")
    cipher = keyring.current().cipher(key_id)
    if blob[:2] != HEAD:
        raise Tampered(f"{table}.{column}")
    try:
        padded = cipher.decrypt(blob[2:14], blob[14:], _place(table, column) + rid)
    except InvalidTag:
        raise Tampered(f"{table}.{column}") from None
    length = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + length].decode("utf-8")


FILE_STEP = 64 * 1024


def seal_file(table: str, column: str, rid: bytes, key_id: bytes, body: bytes) -> bytes:
    """Seal a whole file of a row: padded to whole steps of 64 KiB, which hides its length."""
    nonce = secrets.token_bytes(12)
    size = len(body) + 8
    padded = len(body).to_bytes(8, "big") + body + bytes(-size % FILE_STEP)
    return HEAD + nonce + keyring.current().cipher(key_id).encrypt(nonce, padded, _place(table, column) + rid)


def unseal_file(table: str, column: str, rid: bytes, key_id: bytes, blob: bytes) -> bytes:
    """Open a file and note the reading. Raises Tampered or KeyGone: half a file is no file."""
    noting = _reads.get()
    if noting is not None:
        noting.note(table, column, rid)
    cipher = keyring.current().cipher(key_id)
    if blob[:2] != HEAD:
        raise Tampered(f"{table}.{column}")
    try:
        padded = cipher.decrypt(blob[2:14], blob[14:], _place(table, column) + rid)
    except InvalidTag:
        raise Tampered(f"{table}.{column}") from None
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]


def blind(place: str, normalised: str) -> bytes:
    """The blind index of an exact identifier (phone, e-mail, A-number): equal values
    are equal, nothing else shows. `place` is "table.column"."""
    return hmac.digest(_blind_key(keyring.current()), f"{place}|{normalised}".encode(), hashlib.sha256)


@lru_cache(maxsize=4)
def _blind_key(ring: keyring.Keyring) -> bytes:
    return keyring.derive(ring.keys.index_root, "blind-index")


class Sealed:
    """A model attribute over a sealed column: `legal_name = Sealed("legal_name_enc")`.

    The row must have `rid` and `key_id` before the first value is set.
    """

    def __init__(self, column: str):
        self.column = column

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return unseal(row.__tablename__, self.column, row.rid, row.key_id, getattr(row, self.column))

    def __set__(self, row: Any, text: str | None) -> None:
        """Seal a value for this cell; nothing or "" empties it. A value that can't be opened stays as it lies
        until it was put back: a form that shows its mark may send that or nothing. Raises Invalid for another."""
        table = row.__tablename__
        sealed = getattr(row, self.column)
        if not text or is_mark(text):
            if is_mark(text) and text not in MARKS:
                raise Invalid(Problem(self._name, *NO_VALUE))
            if not is_mark(text) and (not sealed or not is_unreadable(table, self.column, row.rid, row.key_id, sealed)):
                setattr(row, self.column, None)
            return
        if sealed and is_unreadable(table, self.column, row.rid, row.key_id, sealed):
            raise Invalid(Problem(self._name, *UNREADABLE))
        setattr(row, self.column, seal(table, self.column, row.rid, row.key_id, text))

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name


MARKS = (DAMAGED, NO_KEY, UNOPENED)
UNREADABLE = (
    "What stands here is damaged and can't be changed before it is put back from a backup. Leave it as it is.",
    "Lo que está aquí está dañado y no se puede cambiar antes de reponerlo de un respaldo. Déjelo como está.",
)
NO_VALUE = (
    "This is the mark of a damaged field, not a value.",
    "Esto es la marca de un campo dañado, no un dato.",
)


def is_unreadable(table: str, column: str, rid: bytes, key_id: bytes, blob: bytes) -> bool:
    """Whether a cell holds something that doesn't open. One that a removal emptied holds nothing."""
    try:
        open_cell(table, column, rid, key_id, blob)
    except KeyErased:
        return False
    except (KeyGone, Tampered):
        return True
    return False


def looked_at(row: Any, name: str) -> Any:
    """A field that is looked at and shown to nobody; one that can't be opened is None."""
    try:
        with silent():
            return getattr(row, name)
    except (KeyGone, Tampered):
        return None


def differs(row: Any, name: str, value: Any) -> bool:
    """Whether a field holds something else than `value`. One that can't be opened differs from everything
    that was typed, so that writing it is refused, and not from nothing."""
    try:
        with silent():
            return bool(getattr(row, name) != value)
    except (KeyGone, Tampered):
        return value not in (None, "") and value not in MARKS
