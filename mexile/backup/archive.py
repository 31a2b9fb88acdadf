"""The file of a backup: a line that says what it is, a line of facts (its head), then encrypted a tar of the database, the
papers as they lie sealed, and last a table of contents. Without that last page the backup isn't whole.
"""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from mexile.backup import words
from mexile.backup.stream import PIECE, Damaged, Reader, Writer, cipher
from mexile.ground.errors import Invalid
from mexile.ground.key_file import KeyFile

MAGIC = b"mexile backup 1\n"
DATABASE, PAPERS, CONTENTS = "database", "documents", "contents"
NAME = re.compile(r"[0-9a-f]{32}")
"""What a paper's file is called."""


@dataclass(frozen=True)
class Head:
    """What is said in clear: when and by which version, which key file opens it. Changed, the rest doesn't open."""

    made_at: str
    version: str
    revision: str
    kind: str
    check: str
    salt: str = ""


@dataclass(frozen=True)
class Copied:
    """A copy of the database, and what it holds: rows of each table, and the trail's last line."""

    rows: dict[str, int]
    line: int
    seal: str
    revision: str


@dataclass(frozen=True)
class Contents:
    """What must be in a backup: `Copied`, the bytes of the database, and how many papers."""

    rows: dict[str, int]
    line: int
    seal: str
    size: int
    papers: int

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())


def write(file: BinaryIO, keys: KeyFile, head: Head, copied: Copied, database: Path, papers: Path) -> Contents:
    """Write a whole backup into `file`. Papers that came after the database was copied come along, those that went with
    a removed person don't."""
    salt = secrets.token_bytes(16)
    start = MAGIC + json.dumps(asdict(head) | {"salt": salt.hex()}).encode() + b"\n"
    file.write(start)
    stream = Writer(file, cipher(keys.index_root, salt), start)
    kept = 0
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        tar.add(database, DATABASE, filter=_nameless)
        for path in sorted(papers.iterdir()) if papers.is_dir() else ():
            if NAME.fullmatch(path.name) and (body := _body(path)) is not None:
                _add(tar, path.name, body)
                kept += 1
        contents = Contents(copied.rows, copied.line, copied.seal, database.stat().st_size, kept)
        _add(tar, CONTENTS, json.dumps(asdict(contents)).encode())
    stream.finish()
    return contents


def _nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(body)
    tar.addfile(entry, io.BytesIO(body))


def _body(path: Path) -> bytes | None:
    """A paper as it lies there; None when it went meanwhile, with the person whom it was of."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def read_head(path: Path) -> Head:
    """What a backup says of itself. Raises Invalid for what is none."""
    try:
        with open(path, "rb") as file:
            return _head(path, file)[0]
    except OSError as error:
        raise Invalid(words.no_reading(path, error.strerror)) from None


def _head(path: Path, file: BinaryIO) -> tuple[Head, bytes]:
    magic = file.read(len(MAGIC))
    line = file.readline(4096)
    try:
        head = Head(**json.loads(line))
        is_ours = magic == MAGIC and all(isinstance(value, str) for value in asdict(head).values())
        bytes.fromhex(head.salt)
    except (ValueError, TypeError):
        is_ours = False
    if not is_ours:
        raise Invalid(words.no_backup(path))
    return head, magic + line


def read(path: Path, keys: KeyFile, into: Path | None) -> Contents:
    """Read a backup to its last byte, and lay what it holds into the folder `into` (or nowhere). Raises Invalid in words
    for one of another key file, cut off, damaged or changed; what was laid is then worth nothing."""
    with open(path, "rb") as file:
        head, start = _head(path, file)
        if head.check != keys.check.hex():
            raise Invalid(words.another_key(path))
        size = os.fstat(file.fileno()).st_size
        stream = Reader(file, cipher(keys.index_root, bytes.fromhex(head.salt)), start)
        try:
            with tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as tar:
                contents = _lay(tar, into)
            while stream.read(PIECE):
                pass
        except Damaged as wrong:
            raise Invalid(words.damaged(path, wrong.at, size)) from None
        except (tarfile.TarError, ValueError, TypeError, KeyError):
            raise Invalid(words.damaged(path, size, size)) from None
    return contents


def _lay(tar: tarfile.TarFile, into: Path | None) -> Contents:
    papers, size, contents = 0, -1, None
    for entry in tar:
        body = tar.extractfile(entry)
        if body is None:
            raise ValueError("no file")
        if entry.name == CONTENTS:
            contents = Contents(**json.load(body))
        elif entry.name == DATABASE:
            size = _copy(body, into and into / DATABASE)
        elif NAME.fullmatch(entry.name):
            _copy(body, into and into / PAPERS / entry.name)
            papers += 1
        else:
            raise ValueError("a strange name")
    if contents is None or (contents.papers, contents.size) != (papers, size):
        raise ValueError("not whole")
    return contents


def _copy(body: Any, path: Path | None) -> int:
    size = 0
    if path is not None:
        path.parent.mkdir(exist_ok=True, mode=0o700)
    with open(path or os.devnull, "wb") as file:
        while piece := body.read(PIECE):
            size += file.write(piece)
    return size
