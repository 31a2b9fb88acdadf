"""Files beside the database: written whole or not at all, and found again only through a row.

A file stands under its name, and survives a loss of power, before the row that speaks of it is
committed. So a row without its file is impossible; a file without a row is swept once it has been
without one for 35 days (`quarantine.py`).
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path

UNFINISHED = ".new"
A_DAY = 86_400


def write(path: Path, body: bytes) -> None:
    """Write `body` under `path` in one step: under another name first, down to the disk, then renamed.
    Raises OSError (a full disk, say) and leaves nothing half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """The new name itself must reach the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Take the file away, if it is there."""
    path.unlink(missing_ok=True)


def names(folder: Path, older_than: int = A_DAY) -> set[str]:
    """The files of a folder that are older than a day: younger ones may wait for their row."""
    before = time.time() - older_than
    return {path.name for path in folder.iterdir() if path.stat().st_mtime < before} if folder.is_dir() else set()


def sweep(folder: Path, used: Collection[str], older_than: int = A_DAY) -> int:
    """Remove the files of `folder` that no row uses and that are older than a day; returns how many."""
    if not folder.is_dir():
        return 0
    before, gone = time.time() - older_than, 0
    for path in folder.iterdir():
        if path.name not in used and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
