"""Keys: one data key per person and donor, wrapped by a key-encryption key (KEK).

Two files under `MEXILE_KEYS`, never in the main database and never in its backups:

- `key`: the KEKs, numbered, and the index root, from which the keys of the blind
  index, the trail and the sessions derive; 32 random bytes each, mode 0400.
- `keyring.db`: `dek(id, kek, wrapped)`. A key destroyed here is gone from every
  backup of the data.

A key is committed here before the row that uses it: a key without a row is swept
after a day, a row without a key can't be.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from mexile.ground.errors import KeyGone, Problem

KEY_FILE = "key"
KEYRING = "keyring.db"
PATIENCE = 4
"""Seconds that a statement waits for somebody else who has the keyring open. A commit that waits for a reader keeps
every other reader out meanwhile, so it isn't long."""


@lru_cache(maxsize=64)
def derive(root: bytes, purpose: str) -> bytes:
    """A 32-byte subkey of `root` for one purpose (HKDF-Expand, SHA-256)."""
    return HKDFExpand(algorithm=SHA256(), length=32, info=f"mexile/{purpose}/v1".encode()).derive(root)


@dataclass(frozen=True)
class KeyFile:
    """What the key file holds. `check` is four bytes that the keyring repeats."""

    keks: dict[int, bytes]
    index_root: bytes

    @property
    def newest(self) -> int:
        return max(self.keks)

    @property
    def check(self) -> bytes:
        return derive(self.index_root, "check")[:4]


def make_key_file(folder: Path) -> None:
    """Write a new key file. Refuses to replace one: that would lose everything."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = {"keks": {"1": secrets.token_hex(32)}, "index_root": secrets.token_hex(32)}
    handle = os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(folder: Path) -> KeyFile:
    body = json.loads((folder / KEY_FILE).read_text())
    keks = {int(number): bytes.fromhex(key) for number, key in body["keks"].items()}
    return KeyFile(keks, bytes.fromhex(body["index_root"]))


def problems_of(folder: Path) -> list[Problem]:
    """Why the keys in `folder` can't be used, in words; empty when they can."""
    path = folder / KEY_FILE
    if not path.exists():
        return [
            Problem(
                "MEXILE_KEYS",
                f"There is no key file at {path}. Put the file back from its safe copy; "
                "only a new installation makes one, with 'mexile init'.",
                f"No hay archivo de claves en {path}. Reponga el archivo desde su copia segura; "
                "solo una instalación nueva crea uno, con 'mexile init'.",
            )
        ]
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [
            Problem(
                "MEXILE_KEYS",
                f"Other people of this machine can read {path}. Run: chmod 400 {path}",
                f"Otras personas de este equipo pueden leer {path}. Ejecute: chmod 400 {path}",
            )
        ]
    try:
        keys = read_key_file(folder)
    except (ValueError, KeyError):
        return [
            Problem(
                "MEXILE_KEYS",
                f"{path} is damaged. Put it back from its safe copy.",
                f"{path} está dañado. Repóngalo desde su copia segura.",
            )
        ]
    if (folder / KEYRING).exists() and not Keyring(folder, keys).fits():
        return [
            Problem(
                "MEXILE_KEYS",
                f"{path} is not the key of the keyring beside it. Put the right key file back; "
                "nothing was changed.",
                f"{path} no es la clave del llavero que está a su lado. Reponga el archivo correcto; "
                "no se cambió nada.",
            )
        ]
    return []


class Keyring:
    """The open keyring of one process: makes, finds and destroys data keys."""

    def __init__(self, folder: Path, keys: KeyFile):
        self.path = folder / KEYRING
        self.keys = keys
        self._local = threading.local()
        self._wrap = {n: AESGCM(derive(kek, "kek-wrap")) for n, kek in keys.keks.items()}
        self._open: dict[bytes, AESGCM] = {}
        self._lock = threading.Lock()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            for pragma in ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON"):
                found.execute(f"PRAGMA {pragma}").fetchall()
            self._local.connection = found
        return found

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, and undone together with its connection on any error. A COMMIT
        that was refused leaves its transaction open, and that would lock the keyring for everybody."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            del self._local.connection
            self._local.version = None
            with suppress(sqlite3.Error):
                connection.rollback()
            connection.close()
            raise

    def make(self) -> None:
        """Lay out an empty keyring that knows which key file it belongs to."""
        connection = self._connection()
        os.chmod(self.path, 0o600)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS dek (id BLOB PRIMARY KEY, kek INTEGER NOT NULL, "
            "wrapped BLOB NOT NULL, made_at INTEGER NOT NULL) WITHOUT ROWID"
        )
        connection.execute("CREATE TABLE IF NOT EXISTS belongs (mark BLOB PRIMARY KEY)")
        connection.execute("INSERT OR IGNORE INTO belongs VALUES (?)", (self.keys.check,))

    def fits(self) -> bool:
        try:
            marks = self._connection().execute("SELECT mark FROM belongs").fetchall()
        except sqlite3.DatabaseError:
            return False
        return marks == [(self.keys.check,)]

    def new_key(self) -> bytes:
        """A new data key, committed; returns its 16-byte id."""
        return self.new_keys(1)[0]

    def new_keys(self, count: int) -> list[bytes]:
        """`count` new data keys in one commit."""
        kek, made = self.keys.newest, int(time.time())
        rows = []
        for _ in range(count):
            key_id, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
            sealed = self._wrap[kek].encrypt(nonce, AESGCM.generate_key(256), _aad(key_id, kek))
            rows.append((key_id, kek, nonce + sealed, made))
        with self._writing() as connection:
            connection.executemany("INSERT INTO dek VALUES (?, ?, ?, ?)", rows)
        return [row[0] for row in rows]

    def cipher(self, key_id: bytes) -> AESGCM:
        """The cipher of a data key. Raises KeyGone when it was destroyed."""
        found = self._open.get(key_id)
        if found is None:
            row = (
                self._connection()
                .execute("SELECT kek, wrapped FROM dek WHERE id = ?", (key_id,))
                .fetchone()
            )
            if row is None:
                raise KeyGone("the key of this record is not in the keyring")
            kek, wrapped = row
            try:
                dek = self._wrap[kek].decrypt(wrapped[:12], wrapped[12:], _aad(key_id, kek))
            except (KeyError, InvalidTag) as error:
                raise KeyGone("the keyring can't open this key") from error
            found = AESGCM(dek)
            self._open[key_id] = found
        return found

    def refresh(self) -> None:
        """Forget opened keys if another process changed the keyring. Once a request:
        a key destroyed elsewhere must not live on in this memory. A thread that asks for the first
        time can't know what changed before, so it forgets them too."""
        version = self._connection().execute("PRAGMA data_version").fetchone()[0]
        if getattr(self._local, "version", None) != version:
            with self._lock:
                self._open.clear()
        self._local.version = version

    def destroy(self, key_id: bytes) -> None:
        """Destroy a data key for good: what it sealed can't be read in any backup."""
        with self._writing() as connection:
            connection.execute("DELETE FROM dek WHERE id = ?", (key_id,))
        with self._lock:
            self._open.clear()

    def sweep(self, used: set[bytes], older_than: int = 86_400) -> int:
        """Destroy keys that no row uses and that are older than a day; returns how many."""
        rows = self._connection().execute(
            "SELECT id FROM dek WHERE made_at < ?", (int(time.time()) - older_than,)
        )
        orphans = [row[0] for row in rows if row[0] not in used]
        for key_id in orphans:
            self.destroy(key_id)
        return len(orphans)


def _aad(key_id: bytes, kek: int) -> bytes:
    return b"dek" + key_id + kek.to_bytes(4, "big")


_current: Keyring | None = None


def use(keyring: Keyring) -> None:
    """Make `keyring` the one that `seal` opens values with (one per process)."""
    global _current
    _current = keyring


def current() -> Keyring:
    if _current is None:
        raise KeyGone("no keyring is open")
    return _current


def new_key() -> bytes:
    return current().new_key()


def index_key(purpose: str) -> bytes:
    """A subkey of the index root, which is never rotated: blind index, trail, sessions."""
    return derive(current().keys.index_root, purpose)
