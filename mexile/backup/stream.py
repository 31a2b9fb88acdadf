"""An encrypted stream: AES-256-GCM in pieces of one megabyte, each bound to the file's head, to its place and to whether
it is the last. A piece changed, moved or missing, and an end cut off, don't open.

The key derives from the index root, which is never rotated, and from a salt of the file's own.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PIECE = 2**20
TAG = 16


class Damaged(Exception):
    """The stream doesn't open from this byte of the file on."""

    def __init__(self, at: int):
        super().__init__(f"from byte {at} on")
        self.at = at


def cipher(root: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"mexile/backup/v1").derive(root))


def _nonce(place: int, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])


class Writer(io.RawIOBase):
    """What is written here goes to `file` encrypted. `finish` writes the last piece."""

    def __init__(self, file: BinaryIO, key: AESGCM, head: bytes):
        self._file, self._key, self._head = file, key, hashlib.sha256(head).digest()
        self._waiting, self._place = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, body: ReadableBuffer) -> int:
        given = memoryview(body)
        self._waiting += given
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return given.nbytes

    def finish(self) -> None:
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._key.encrypt(_nonce(self._place, is_last), piece, self._head))
        self._place += 1


class Reader(io.RawIOBase):
    """What `file` holds from where it stands to its end. Raises Damaged at the first piece that doesn't open."""

    def __init__(self, file: BinaryIO, key: AESGCM, head: bytes):
        self._file, self._key, self._head = file, key, hashlib.sha256(head).digest()
        self._ahead, self._place, self._open = file.read(PIECE + TAG), 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer) -> int:
        room = memoryview(into)
        if not self._open and not self._next():
            return 0
        size = min(room.nbytes, len(self._open))
        room[:size] = self._open[:size]
        self._open = self._open[size:]
        return size

    def _next(self) -> bool:
        """Open the next piece; returns whether there was one with something in it."""
        if self._place < 0:
            return False
        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        at = self._file.tell() - len(self._ahead) - len(piece)
        try:
            self._open = self._key.decrypt(_nonce(self._place, not self._ahead), piece, self._head)
        except (InvalidTag, ValueError):
            raise Damaged(at) from None
        self._place = self._place + 1 if self._ahead else -1
        return bool(self._open)
