"""A full disk: the page says so, nothing half is kept, and with room again all goes on."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from mexile.documents.models import Document
from mexile.ground import once, trail
from mexile.ground.db import db, writing
from tests.building import build
from tests.clients import Client
from tests.databases import Databases, let_go
from tests.make import Make


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "mexile-full", str(folder)]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[bool], None] | None]:
    """A file system of 6 MB at `folder` and a function that fills it and makes room again;
    None where this machine mounts nothing."""
    folder.mkdir()
    if not _mount(folder):
        yield None
        return
    ballast = folder / "ballast"

    def fill(full: bool) -> None:
        if not full:
            ballast.unlink()
            return
        with open(ballast, "wb", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    try:
        yield fill
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _no_longer_files(home: Path) -> Callable[[bool], None]:
    """No file may grow: what a full disk looks like where none can be mounted."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(full: bool) -> None:
        size = (home / "mexile.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]) if full else before)

    return fill


@pytest.fixture
def disk(databases: Databases, tmp_path: Path) -> Iterator[tuple[Flask, Callable[[bool], None]]]:
    with small_disk(tmp_path / "disk") as fill, databases.fresh("sqlite", tmp_path / "disk" / "home") as config:
        app = build(config)
        app.test_client_class = Client
        yield app, fill or _no_longer_files(config.home)
        let_go(app)


def _write(app: Flask, number: int, size: int = 20_000) -> None:
    with app.app_context(), writing():
        once.remember(f"{number:020d}", "/" + "w" * size)
        trail.record("test.write", str(number))


def test_a_full_disk_is_said_and_nothing_half_is_kept(
    disk: tuple[Flask, Callable[[bool], None]], caplog: pytest.LogCaptureFixture
) -> None:
    app, fill = disk
    make = Make(app)
    user = make.user(role="director")
    client = app.test_client().carry(app, make.session(user), user)
    _write(app, 1)
    fill(True)
    written = 1
    try:
        for size in (20_000, 2_000, 10):
            with pytest.raises(OperationalError):
                while written < 3000:
                    _write(app, written + 1, size)
                    written += 1
        # What is left of the last page of the log takes a few small writes more.
        answers = [client.post("/language", data={"lang": "es"}) for _ in range(60)]
        refused = [answer for answer in answers if answer.status_code == 503]
        assert refused and {answer.status_code for answer in answers} <= {302, 503}
        assert "<h1" in refused[0].text
        written += len(answers) - len(refused)
    finally:
        fill(False)
    with app.app_context():
        rows, bad = trail.verify()
        assert (rows, bad) == (written, None)
        assert db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert client.post("/language", data={"lang": "es"}).status_code == 302
    _write(app, 5000)


def test_a_paper_that_finds_no_room_is_not_kept_and_says_so(disk: tuple[Flask, Callable[[bool], None]]) -> None:
    """Filled before the upload: neither file nor row nor half of either, and with room the same form works."""
    app, fill = disk
    make = Make(app)
    user = make.user(role="caseworker")
    ana = make.member(assigned=user)
    client = app.test_client().carry(app, make.session(user), user)
    photo = make.picture(size=(900, 900), format="PNG", compress_level=0)
    folder = app.config["MEXILE"].home / "documents"

    def send() -> TestResponse:
        # Made here: the test client would lay a large form into a temporary file.
        fields = {"kind": "evidence", "note": "typed before", "form_token": "a-paper-without-room"}
        parts = "".join(
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        )
        head = '--B\r\nContent-Disposition: form-data; name="file"; filename="photo.png"\r\n\r\n'
        body = (parts + head).encode() + photo + b"\r\n--B--\r\n"
        return client.post(f"/members/{ana.code}/documents", data=body, content_type="multipart/form-data; boundary=B")

    fill(True)
    try:
        refused = [send() for _ in range(3)]
    finally:
        fill(False)
    assert {answer.status_code for answer in refused} == {503}, refused[0].text
    assert "no room left on the disk" in refused[0].text and "typed before" in refused[0].text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Document)) == 0
        db.session.rollback()
    assert not folder.exists() or list(folder.iterdir()) == []
    assert send().status_code == 302 and send().status_code == 302
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Document)) == 1
    assert len(list(folder.iterdir())) == 1
