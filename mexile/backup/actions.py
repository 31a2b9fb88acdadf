"""Making a backup: the database copied at one moment, then the papers, encrypted into a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from mexile.access.rules import name_act
from mexile.backup import archive, copying, words
from mexile.backup.archive import Contents, Head
from mexile.config import Config
from mexile.documents.actions import FOLDER
from mexile.ground import clock, files, keyring, trail
from mexile.ground.db import db, outside_write, writing
from mexile.ground.errors import Invalid

name_act("backup.make", "Made a backup", "Hizo un respaldo")

LAID = "backup-laid-"
"""How the folders begin in which copies lie for a moment."""


def make(settings: Config, path: Path) -> Contents:
    """Keep this moment of the installation in the file `path`, read it once more to its last byte, and write it into the
    trail. Raises Invalid in words, and then leaves nothing behind."""
    db.session.rollback()
    contents = keep(settings, path)
    with writing():
        trail.record("backup.make", rows=contents.row_count, papers=contents.papers, line=contents.line)
    return contents


def keep(settings: Config, path: Path) -> Contents:
    """As `make`, with no line of the trail."""
    outside_write()
    if path.exists():
        raise Invalid(words.is_there(path))
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}{files.UNFINISHED}")
    try:
        with laid(copying.disk_of(settings)) as folder:
            return _keep(settings, path, fresh, folder / archive.DATABASE)
    except OSError as error:
        place = Path(error.filename or path)
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise Invalid(words.no_room(path) if is_full else words.no_writing(place, error.strerror)) from None
    except sqlite3.Error as error:
        is_full = "full" in str(error) or "disk I/O" in str(error)
        raise Invalid(words.no_room(path) if is_full else words.no_writing(path, str(error))) from None
    finally:
        fresh.unlink(missing_ok=True)


def _keep(settings: Config, path: Path, fresh: Path, database: Path) -> Contents:
    keys = keyring.current().keys
    copied = copying.copy(settings, database)
    head = Head(
        clock.now().isoformat(timespec="seconds"),
        version("mexile"),
        copied.revision,
        copying.kind_of(settings),
        keys.check.hex(),
    )
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        contents = archive.write(file, keys, head, copied, database, settings.home / FOLDER)
        file.flush()
        os.fsync(file.fileno())
    if archive.read(fresh, keys, None) != contents:
        raise Invalid(words.damaged(fresh, 0, fresh.stat().st_size))
    os.rename(fresh, path)
    files.fsync_folder(path.parent)
    return contents


@contextmanager
def laid(disk: Path) -> Iterator[Path]:
    """A private folder for copies, gone at the end; what a process that was killed left of such goes too."""
    disk.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in disk.glob(f"{LAID}*"):
        if not _lives(int(left.name.removeprefix(LAID).partition("-")[0])):
            shutil.rmtree(left, ignore_errors=True)
    folder = disk / f"{LAID}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
