"""Keys: one data key per person and donor, wrapped by a key-encryption key (KEK).

Two files under `MEXILE_KEYS`, never in the main database and never in its backups:

- `key`: see `key_file.py`.
- `keyring.db`: `dek(id, kek, wrapped)`. A key destroyed here is gone from every
  backup of the data. `made` remembers, by a hash of its id, every key that this keyring made,
  and which were erased on purpose: so a key that is lost can be told from one that was
  erased, and from one that another machine's keyring made.

A key is committed here before the row that uses it: a row without a key can't be.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mexile.ground import key_file
from mexile.ground.errors import KeyErased, KeyGone, KeyringBroken, Problem
from mexile.ground.key_file import KEY_FILE, KeyFile, derive, make_key_file, read_key_file

__all__ = ["KEYRING", "KEY_FILE", "KeyFile", "Keyring", "derive", "make_key_file", "read_key_file"]

KEYRING = "keyring.db"
PATIENCE = 4
"""Seconds that a statement waits for somebody else who has the keyring open. A commit that waits for a reader keeps
every other reader out meanwhile, so it isn't long."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS dek (id BLOB PRIMARY KEY, kek INTEGER NOT NULL, "
    "wrapped BLOB NOT NULL, made_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS belongs (mark BLOB PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS unused (name TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE made (mark BLOB PRIMARY KEY, state INTEGER NOT NULL) WITHOUT ROWID",
)
MADE, ERASED, LOST, DESTROYED = range(4)
"""What `made` says of a key: that it was made here, erased on purpose, or that a person gave it up as lost."""


def problems_of(folder: Path) -> list[Problem]:
    """Why the keys in `folder` can't be used, in words; empty when they can."""
    if problems := key_file.file_problems(folder):
        return problems
    path = folder / KEY_FILE
    if (folder / KEYRING).exists() and not Keyring(folder, read_key_file(folder)).fits():
        return [key_file.not_this_ring(path)]
    return []


class Keyring:
    """The open keyring of one process: makes, finds and destroys data keys."""

    guard: Callable[[], None] | None = None
    """Called before a key is made: raises KeyringBroken when the database doesn't know this keyring."""

    def __init__(self, folder: Path, keys: KeyFile):
        self.path = folder / KEYRING
        self.keys = keys
        self._local = threading.local()
        self._wrap = {n: AESGCM(derive(kek, "kek-wrap")) for n, kek in keys.keks.items()}
        self._open: dict[bytes, AESGCM] = {}
        self._lock = threading.Lock()
        self.changes = 0

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection to the file that lies there now. Raises KeyringBroken when none does:
        a keyring taken away or put back while we run is noticed, and an empty one never made in its place."""
        try:
            lying = os.stat(self.path)
        except OSError:
            raise KeyringBroken(key_file.GONE) from None
        place = (lying.st_dev, lying.st_ino)
        if getattr(self._local, "place", None) != place:
            self.close()
            fresh = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
            )
            for pragma in ("journal_mode=DELETE", "synchronous=FULL", "secure_delete=ON"):
                fresh.execute(f"PRAGMA {pragma}").fetchall()
            self._local.connection, self._local.place, self._local.version = fresh, place, None
        connection: sqlite3.Connection = self._local.connection
        return connection

    def close(self) -> None:
        """Let this thread's connection go: before a fork, say."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        self._local.connection = self._local.place = None
        if connection is not None:
            connection.close()

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
            self._local.connection = self._local.place = None
            with suppress(sqlite3.Error):
                connection.rollback()
            connection.close()
            raise

    def make(self) -> None:
        """Make an empty keyring that knows which key file it belongs to."""
        if not self.path.exists():
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        os.chmod(self.path, 0o600)
        with self._writing() as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            for statement in _TABLES[: 3 if "made" in names else 4]:
                connection.execute(statement)
            if "made" not in names:
                ids = connection.execute("SELECT id FROM dek").fetchall()
                connection.executemany("INSERT INTO made VALUES (?, ?)", [(_mark(row[0]), MADE) for row in ids])
            connection.execute("INSERT OR IGNORE INTO belongs VALUES (?)", (self.keys.check,))

    def fits(self) -> bool:
        """Whether the key file is this keyring's: it names it, and a key of each number opens."""
        try:
            marks = self._connection().execute("SELECT mark FROM belongs").fetchall()
            samples = self._connection().execute("SELECT kek, id, wrapped FROM dek GROUP BY kek").fetchall()
            newest = (
                self._connection().execute("SELECT kek, id, wrapped FROM dek ORDER BY made_at DESC LIMIT 5").fetchall()
            )
        except sqlite3.DatabaseError:
            return False
        opened = {kek for kek, *sealed in [*samples, *newest] if self._unwrap(kek, *sealed) is not None}
        return marks == [(self.keys.check,)] and {kek for kek, *_ in samples} == opened

    def new_key(self) -> bytes:
        """A new data key, committed; returns its 16-byte id."""
        return self.new_keys(1)[0]

    def new_keys(self, count: int) -> list[bytes]:
        """`count` new data keys in one commit. Raises KeyringBroken under a keyring that isn't whole."""
        if self.guard:
            self.guard()
        kek, now = self.keys.newest, int(time.time())
        rows = []
        for _ in range(count):
            key_id, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
            sealed = self._wrap[kek].encrypt(nonce, AESGCM.generate_key(256), _aad(key_id, kek))
            rows.append((key_id, kek, nonce + sealed, now))
        with self._writing() as connection:
            connection.executemany("INSERT INTO dek VALUES (?, ?, ?, ?)", rows)
            connection.executemany("INSERT INTO made VALUES (?, ?)", [(_mark(row[0]), MADE) for row in rows])
        return [row[0] for row in rows]

    def _unwrap(self, kek: int, key_id: bytes, wrapped: bytes) -> bytes | None:
        """The data key, or None when this key file can't open it."""
        try:
            return self._wrap[kek].decrypt(wrapped[:12], wrapped[12:], _aad(key_id, kek))
        except (KeyError, InvalidTag, ValueError):
            return None

    def cipher(self, key_id: bytes) -> AESGCM:
        """The cipher of a data key. Raises KeyErased when it was erased, KeyGone when it can't be opened."""
        cipher = self._open.get(key_id)
        if cipher is None:
            ring = self._connection()
            try:
                row = ring.execute("SELECT kek, wrapped FROM dek WHERE id = ?", (key_id,)).fetchone()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                    raise
                raise KeyGone("the keyring is damaged") from error
            if row is None and self.state(key_id) == ERASED:
                raise KeyErased("the key of this record was erased")
            dek = row and self._unwrap(row[0], key_id, row[1])
            if dek is None:
                raise KeyGone("the keyring has no key that opens this record")
            self._open[key_id] = cipher = AESGCM(dek)
        return cipher

    def refresh(self) -> None:
        """Forget opened keys if another process changed the keyring. Once a request:
        a key destroyed elsewhere must not live on in this memory. A thread that asks for the first
        time can't know what changed before, so it forgets them too."""
        version = self._connection().execute("PRAGMA data_version").fetchone()[0]
        if self._local.version != version:
            with self._lock:
                self._open.clear()
                self.changes += 1
        self._local.version = version

    def destroy(self, key_id: bytes) -> None:
        """Destroy a data key for good: what it sealed can't be read in any backup."""
        with self._writing() as connection:
            connection.execute("DELETE FROM dek WHERE id = ?", (key_id,))
            connection.execute(
                "UPDATE made SET state = ? WHERE mark = ? AND state = ?", (DESTROYED, _mark(key_id), MADE)
            )
        with self._lock:
            self._open.clear()
            self.changes += 1

    def erase(self, key_id: bytes) -> None:
        """Destroy a key on purpose, for a person who was removed or words that nobody may keep. That stays
        known, also beside an old copy of the database that doesn't know of it."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (_mark(key_id), ERASED))
        self.destroy(key_id)

    def state(self, key_id: bytes) -> int | None:
        """What is known of a key: MADE, ERASED, LOST, DESTROYED, or None for one that was never made here."""
        row = self._connection().execute("SELECT state FROM made WHERE mark = ?", (_mark(key_id),)).fetchone()
        return row[0] if row else None

    def is_empty(self) -> bool:
        return self._connection().execute("SELECT 1 FROM dek LIMIT 1").fetchone() is None

    def strange(self, key_ids: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that this keyring never made: another machine's did, or a newer copy of it."""
        known = {row[0] for row in self._connection().execute("SELECT mark FROM made")}
        return {key_id for key_id in key_ids if _mark(key_id) not in known}

    def unopened(self, key_ids: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that don't open, and of which nobody has said why: what they sealed can't be read."""
        rows = self._connection().execute("SELECT id, kek, wrapped FROM dek")
        opened = {key_id for key_id, kek, wrapped in rows if self._unwrap(kek, key_id, wrapped) is not None}
        return {key_id for key_id in key_ids if key_id not in opened and self.state(key_id) not in (ERASED, LOST)}

    def give_up(self, key_ids: Iterable[bytes]) -> None:
        """A person has said that these keys are lost for good: from now on they are no alarm."""
        with self._writing() as connection:
            marks = [(_mark(key_id), LOST) for key_id in key_ids]
            connection.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", marks)

    def ids(self) -> set[bytes]:
        """The keys that are here."""
        return {row[0] for row in self._connection().execute("SELECT id FROM dek")}

    def sweep(self, used: set[bytes], older_than: int = 86_400) -> int:
        """Destroy keys that no row uses and that are older than a day; returns how many. See `quarantine.py`."""
        rows = self._connection().execute("SELECT id FROM dek WHERE made_at < ?", (int(time.time()) - older_than,))
        orphans = [row[0] for row in rows if row[0] not in used]
        for key_id in orphans:
            self.destroy(key_id)
        return len(orphans)

    def note_unused(self, kind: str, names: set[str], now: int) -> dict[str, int]:
        """Keep of each of these names since when it is used by no row; forget of this kind what is used again."""
        with self._writing() as ring:
            rows = ring.execute("SELECT name, since FROM unused WHERE name LIKE ?", (f"{kind}/%",)).fetchall()
            since, given = dict(rows), {f"{kind}/{name}" for name in names}
            ring.executemany("DELETE FROM unused WHERE name = ?", [(name,) for name in since.keys() - given])
            ring.executemany("INSERT INTO unused VALUES (?, ?)", [(name, now) for name in given - since.keys()])
        return {name: since.get(f"{kind}/{name}", now) for name in names}

    def unused(self) -> dict[str, int]:
        """What is used by no row -> since when (seconds)."""
        return dict(self._connection().execute("SELECT name, since FROM unused").fetchall())


def _aad(key_id: bytes, kek: int) -> bytes:
    return b"dek" + key_id + kek.to_bytes(4, "big")


def _mark(key_id: bytes) -> bytes:
    """What `made` keeps of a key: from it nobody learns which rows it was of."""
    return hashlib.sha256(b"mexile/made/v1" + key_id).digest()[:16]


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
