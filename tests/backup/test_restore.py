"""A backup goes back whole or not at all; who was removed since stays removed; every refusal is in words."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from mexile.app import create_app
from mexile.backup import archive, restore
from mexile.backup.actions import LAID, keep
from mexile.cli import main
from mexile.documents.actions import open_document
from mexile.documents.models import Document
from mexile.ground import anchor, clock, keyring, queue, running, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, KeyErased
from mexile.members.person.models import Member
from mexile.members.removal.actions import WAIT
from tests.backup.kept import everything, filled, put_back, stamp
from tests.databases import let_go
from tests.make import Make


@pytest.fixture
def kept(app: Flask, make: Make, tmp_path: Path) -> Path:
    """A backup of an installation that went on afterwards."""
    filled(app, make)
    path = tmp_path / "kept.backup"
    with app.app_context():
        keep(app.config["MEXILE"], path)
    return path


def test_what_was_kept_comes_back_and_the_trail_says_so(app: Flask, make: Make, kept: Path) -> None:
    home = app.config["MEXILE"]
    before = everything(app)
    paper = make.document(member=make.member(alias="Gorrión"))
    newer = home.home / "documents" / paper.rid.hex()
    with app.app_context():
        lost = db.session.scalars(select(Document).order_by(Document.id)).first()
        lines = trail.head()[0]
    (home.home / "documents" / lost.rid.hex()).unlink()
    checked, aside = put_back(app, kept)
    assert everything(app) == before
    assert aside is not None and aside.exists() and newer.exists(), "what is newer is kept, for 35 days"
    with app.app_context(), seal.silent():
        assert all(open_document(paper).startswith(b"%PDF") for paper in db.session.scalars(select(Document)))
        assert trail.verify()[1] is None and trail.cut() is None
        last = db.session.scalars(select(trail.TrailRow).order_by(trail.TrailRow.seq.desc())).first()
        assert (last.act, last.seq) == ("trail.restored", checked.contents.line + 1)
        assert json.loads(last.detail) == {"missing": lines - checked.contents.line, "seen": lines}
    assert list(home.home.glob(f"{LAID}*")) == []


def test_last_year_s_backup_beside_today_s_keyring_opens_without_who_was_removed(
    app: Flask, make: Make, kept: Path
) -> None:
    with app.app_context():
        gone, stays = db.session.scalars(select(Member).order_by(Member.id)).all()
    make.removal(gone, confirmed=make.user(role="director"))
    with app.app_context(), clock.at(clock.now() + WAIT + timedelta(minutes=1)):
        queue.work_all()
    checked, _ = put_back(app, kept)
    assert checked.erased == 1 and checked.papers == 1
    with app.app_context(), seal.silent():
        papers = {paper.member_id: paper for paper in db.session.scalars(select(Document))}
        assert open_document(papers[stays.id]).startswith(b"%PDF")
        with pytest.raises(KeyErased):
            open_document(papers[gone.id])
        assert keyring.current().state(gone.key_id) == keyring.ERASED


@pytest.mark.once
def test_a_backup_goes_back_onto_an_empty_machine(app: Flask, make: Make, kept: Path, tmp_path: Path) -> None:
    before, old = everything(app), app.config["MEXILE"]
    home = tmp_path / "new"
    there = replace(old, home=home, keys=home / "keys", database_url=f"sqlite:///{home / 'mexile.db'}")
    there.keys.mkdir(parents=True, mode=0o700)
    shutil.copy2(old.keys / "key", there.keys / "key")
    let_go(app)
    with pytest.raises(Invalid, match="keyring is empty"):
        restore.restore(create_app, there, kept)
    assert not (home / "mexile.db").exists()
    (there.keys / "keyring.db").unlink(missing_ok=True)
    shutil.copy2(old.keys / "keyring.db", there.keys / "keyring.db")
    restore.restore(create_app, there, kept)
    fresh = create_app(there)
    assert everything(fresh) == before
    with fresh.app_context():
        assert trail.verify()[1] is None and anchor.seen()
    let_go(fresh)


@pytest.mark.once
def test_a_keyring_older_than_the_backup_is_refused(app: Flask, make: Make, tmp_path: Path) -> None:
    home = app.config["MEXILE"]
    filled(app, make)
    keyring.current().close()
    old = (home.keys / "keyring.db").read_bytes()
    make.member(alias="Gorrión")
    with app.app_context():
        keep(home, tmp_path / "kept.backup")
    let_go(app)
    keyring.current().close()
    (home.keys / "keyring.db").write_bytes(old)
    with pytest.raises(Invalid, match="never made"):
        restore.verify(create_app, home, tmp_path / "kept.backup")


def _cut(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _flip(body: bytes) -> bytes:
    return body[:5000] + bytes([body[5000] ^ 1]) + body[5001:]


def _lie(body: bytes) -> bytes:
    return body.replace(b'"kind": "SQLite"', b'"kind": "SQLitE"').replace(b"2026", b"2025", 1)


WRONG: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (_cut, "cut off, damaged or was changed"),
    "cut at its last byte": (lambda body: body[:-1], "cut off, damaged or was changed"),
    "longer": (lambda body: body + b"more", "cut off, damaged or was changed"),
    "one bit": (_flip, "cut off, damaged or was changed"),
    "another date": (
        lambda body: body.replace(b'"made_at": "2', b'"made_at": "1', 1),
        "cut off, damaged or was changed",
    ),
    "another kind": (lambda body: body.replace(b'"kind": "SQLite"', b'"kind": "PostgreSQL"'), "names another kind"),
    "newer": (lambda body: body.replace(b'"revision": "0', b'"revision": "9', 1), "another version"),
    "nothing": (lambda body: b"", "no backup of mexile"),
    "a picture": (lambda body: b"\x89PNG\r\n" + bytes(3000), "no backup of mexile"),
    "a head of nonsense": (lambda body: archive.MAGIC + b'{"salt": 3}\n' + body, "no backup of mexile"),
}


@pytest.mark.once
def test_a_file_that_is_not_whole_is_refused_and_nothing_is_touched(
    app: Flask, make: Make, kept: Path, tmp_path: Path
) -> None:
    home = app.config["MEXILE"]
    make.member(alias="Gorrión")
    before, body = everything(app), kept.read_bytes()
    let_go(app)
    for change, words in WRONG.values():
        assert change(body) != body
        kept.write_bytes(change(body))
        with pytest.raises(Invalid, match=words):
            restore.restore(create_app, home, kept)
    with pytest.raises(Invalid, match="can't be read"):
        restore.restore(create_app, home, tmp_path / "nowhere")
    assert everything(app) == before and list(home.home.glob(f"{LAID}*")) == []


@pytest.mark.once
def test_rows_that_are_missing_or_a_trail_that_was_changed_are_found(app: Flask, make: Make, tmp_path: Path) -> None:
    """A backup under the right key, whose database was changed before it was made."""
    filled(app, make)
    home = app.config["MEXILE"]
    with app.app_context():
        with writing():
            for statement in ("DROP TRIGGER trail_no_update", "UPDATE trail SET subject = 'else' WHERE seq = 7"):
                db.session.connection().exec_driver_sql(statement)
        keep(home, tmp_path / "changed")
        paper = db.session.scalars(select(Document)).first()
    (home.home / "documents" / paper.rid.hex()).write_bytes(b"damaged")
    with app.app_context():
        keep(home, tmp_path / "damaged")
    let_go(app)
    with pytest.raises(Invalid, match="line 7 of its trail"):
        restore.verify(create_app, home, tmp_path / "changed")
    with pytest.raises(Invalid, match="1 of its papers"):
        restore.verify(create_app, home, tmp_path / "damaged")


@pytest.mark.once
def test_nothing_is_restored_under_a_running_server_and_none_starts_meanwhile(
    app: Flask, make: Make, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = app.config["MEXILE"]
    monkeypatch.setenv("MEXILE_HOME", str(home.home))
    monkeypatch.setenv("MEXILE_KEYS", str(home.keys))
    make.member(alias="Gorrión")
    before = everything(app)
    let_go(app)
    running.begin(home.home)
    try:
        running.begin(home.home)  # a worker beside the server
        done = CliRunner().invoke(main, ["restore", str(kept), "--yes"])
        assert done.exit_code == 1 and "mexile is running" in done.stderr
        assert CliRunner().invoke(main, ["upgrade"]).exit_code == 1
        tried = CliRunner().invoke(main, ["restore", str(kept), "--verify"])
        assert tried.exit_code == 0 and "It is whole. Nothing was changed here." in tried.output
    finally:
        while running._held:
            os.close(running._held.pop())
    assert everything(app) == before
    with running.alone(home.home), pytest.raises(Invalid, match="under way"):
        running.begin(home.home)
    let_go(app)
    done = CliRunner().invoke(main, ["restore", str(kept), "--yes"])
    assert done.exit_code == 0 and "in its place" in done.output, done.output + done.stderr
    assert len(everything(app)["member"]) == 2
    handle = os.open(home.home / running.LOCK, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


@pytest.mark.once
def test_a_backup_of_a_former_version_goes_back_at_this_version_s_tables(
    databases, tmp_path: Path, built: Flask
) -> None:
    from alembic import command

    from mexile.ground import schema
    from tests.building import build

    config = databases.empty("sqlite", tmp_path / "home")
    app = build(config)
    with app.app_context():
        settings = schema._alembic()
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            settings.attributes["connection"] = connection
            command.upgrade(settings, "0030")
        keep(config, tmp_path / "old.backup")
        schema.upgrade(db.engine)
    put_back(app, tmp_path / "old.backup")
    with app.app_context():
        assert schema.revision(db.engine) == schema.newest()
    let_go(app)
    stamp(app, "0000")
    with app.app_context():
        keep(config, tmp_path / "strange.backup")
    let_go(app)
    with pytest.raises(Invalid, match="another version"):
        restore.verify(create_app, config, tmp_path / "strange.backup")
