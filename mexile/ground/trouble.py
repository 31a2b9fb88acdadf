"""Why nothing can be written or read just now: told by the error of the database, the keyring or the disk."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from mexile.ground.errors import Busy, KeyringBroken

BUSY, FULL, READ_ONLY, LOST, KEYRING = "busy", "full", "read_only", "lost", "keyring"

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
}
_POSTGRESQL = {"55P03": BUSY, "40001": BUSY, "40P01": BUSY, "53300": BUSY, "53100": FULL, "25006": READ_ONLY}
"""SQLSTATE: a lock not given in time, a serialization failure, a deadlock, too many connections; a full disk;
a server that only reads."""
_DISK = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EIO: LOST}


def trouble_of(error: BaseException) -> str | None:
    """One of ``BUSY``, ``FULL``, ``READ_ONLY``, ``LOST``, ``KEYRING``; None for an error that is no trouble of the place where
    things are kept, but a fault of ours."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if isinstance(error, KeyringBroken):
        return KEYRING
    if isinstance(error, Busy | NoConnection):
        return BUSY
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", None)
        known = None if code is None else _SQLITE.get(code & 0xFF)
        return known or (LOST if type(error) in (sqlite3.OperationalError, sqlite3.DatabaseError) else None)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError):
        return _POSTGRESQL.get(error.sqlstate or "", LOST)
    return _DISK.get(error.errno or 0) if isinstance(error, OSError) else None
