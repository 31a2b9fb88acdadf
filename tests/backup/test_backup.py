"""A backup holds one moment, opens under its own key file alone, and is there whole or not at all."""

from __future__ import annotations

import io
import resource
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from mexile.app import create_app
from mexile.backup import archive, restore
from mexile.backup.actions import LAID, keep
from mexile.backup.actions import make as make_backup
from mexile.backup.stream import PIECE, Damaged, Reader, Writer, cipher
from mexile.documents.models import Document
from mexile.ground import keyring, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid
from mexile.ground.trail import TrailRow
from tests.backup.kept import everything, filled
from tests.databases import let_go, make_keys
from tests.faults.test_full import small_disk
from tests.make import Make


def _sealed(body: bytes, head: bytes = b"head") -> bytes:
    file = io.BytesIO()
    stream = Writer(file, cipher(bytes(32), bytes(16)), head)
    stream.write(body)
    stream.finish()
    return file.getvalue()


def _opened(sealed: bytes, head: bytes = b"head") -> bytes:
    return io.BufferedReader(Reader(io.BytesIO(sealed), cipher(bytes(32), bytes(16)), head)).read()


SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7)


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_opens_as_it_was_sealed(size: int) -> None:
    body = bytes(range(256)) * (size // 256 + 1)
    assert _opened(_sealed(body[:size])) == body[:size]


LONG = _sealed(bytes(2 * PIECE + 100))


@given(some.integers(0, len(LONG) - 1))
@settings(max_examples=25, deadline=None)
def test_a_stream_cut_off_or_changed_anywhere_does_not_open(place: int) -> None:
    changed = bytearray(LONG)
    changed[place] ^= 1
    for wrong in (bytes(changed), LONG[:place]):
        with pytest.raises(Damaged):
            _opened(wrong)


def test_pieces_cut_at_their_edge_moved_or_under_another_head_do_not_open() -> None:
    piece = PIECE + 16
    for wrong in (LONG[:piece], LONG[: 2 * piece], LONG[piece:], LONG[piece : 2 * piece] + LONG[:piece], LONG + LONG):
        with pytest.raises(Damaged):
            _opened(wrong)
    with pytest.raises(Damaged):
        _opened(LONG, b"another head")


def test_a_backup_is_one_moment_and_can_be_tried_out(app: Flask, make: Make, tmp_path: Path) -> None:
    filled(app, make)
    home = app.config["MEXILE"]
    path = tmp_path / "one.backup"
    with app.app_context():
        contents = make_backup(home, path)
        assert trail.head()[0] == contents.line + 1, "it stands in the trail, after its moment"
    assert path.stat().st_mode & 0o777 == 0o600
    body = path.read_bytes()
    assert b"SQLite format" not in body and b"Casa Ejemplo" not in body
    before = everything(app)
    let_go(app)
    checked = restore.verify(create_app, home, path)
    assert (checked.papers, checked.erased, checked.unopened) == (2, 0, 0)
    assert checked.contents.rows["member"] == 2 and checked.contents.rows["trail"] == contents.line
    keyring.use(keyring.Keyring(home.keys, keyring.read_key_file(home.keys)))
    assert everything(app) == before
    assert list(home.home.glob(f"{LAID}*")) == []


@pytest.mark.once
def test_it_is_one_moment_while_others_write(app: Flask, make: Make, tmp_path: Path) -> None:
    """A pair of lines in one transaction each: a copy never holds half a pair."""
    filled(app, make)
    stopping, written = threading.Event(), []

    def write() -> None:
        with app.app_context():
            while not stopping.is_set():
                with writing():
                    trail.record("test.first", "1")
                    trail.record("test.second", "2")
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with app.app_context():
            backups = [keep(app.config["MEXILE"], tmp_path / f"{number}.backup") for number in range(5)]
    finally:
        stopping.set()
        writer.join()
    assert len(written) > 5
    with app.app_context():
        acts = dict(db.session.execute(select(TrailRow.seq, TrailRow.act)).all())
        db.session.rollback()
    for contents in backups:
        assert contents.rows["trail"] == contents.line and acts[contents.line] != "test.first"


def test_a_paper_that_comes_or_goes_meanwhile_is_no_half_backup(app: Flask, make: Make, tmp_path: Path) -> None:
    filled(app, make)
    home = app.config["MEXILE"]
    folder = home.home / "documents"
    (folder / f"{'a' * 32}.1.new").write_bytes(b"half an upload")
    with app.app_context():
        assert keep(home, tmp_path / "one").papers == 2
        assert set(archive.read(tmp_path / "one", keyring.current().keys, tmp_path / "out").rows) > {"document"}
        rids = {rid.hex() for rid in db.session.scalars(select(Document.rid))}
        db.session.rollback()
    assert {path.name for path in (tmp_path / "out" / "documents").iterdir()} == rids


def test_no_file_is_replaced_and_the_place_must_be_there(app: Flask, make: Make, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with app.app_context():
        for path, words in ((tmp_path / "there", "replaces nothing"), (tmp_path / "no" / "where", "can't be written")):
            with pytest.raises(Invalid, match=words):
                make_backup(app.config["MEXILE"], path)
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.once
@pytest.mark.parametrize("full", ["target", "home"])
def test_a_full_disk_is_said_in_words_and_nothing_half_stays(
    app: Flask, make: Make, tmp_path: Path, full: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(app, make)
    small = tmp_path / "small"
    path = (small if full == "target" else tmp_path) / "full.backup"
    with small_disk(small) as fill, app.app_context():
        if full == "home":
            monkeypatch.setattr("mexile.backup.copying.disk_of", lambda settings: small)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        fill(True) if fill else resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
        try:
            with pytest.raises(Invalid, match="no room left"):
                make_backup(app.config["MEXILE"], path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert {lying.name for lying in small.iterdir()} <= {"ballast"} and not path.exists()


def test_a_backup_of_another_installation_is_refused(app: Flask, make: Make, tmp_path: Path) -> None:
    filled(app, make)
    home = app.config["MEXILE"]
    with app.app_context():
        keep(home, tmp_path / "one")
    make_keys(tmp_path / "others")
    with pytest.raises(Invalid, match="another key file"):
        restore.verify(create_app, replace(home, keys=tmp_path / "others"), tmp_path / "one")
