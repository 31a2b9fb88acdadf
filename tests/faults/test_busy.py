"""Somebody else holds the keyring, the database or the turn to write: nothing hangs, nothing is lost, the page
says so with what was typed, and afterwards all is well by itself."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

from mexile.access import gate
from mexile.ground import db as ground
from mexile.ground import keyring, queue, trail, worker
from mexile.ground.db import db, writing
from mexile.ground.trouble import BUSY, LOST, trouble_of
from tests.building import build
from tests.clients import Client
from tests.databases import Databases
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

FORM = {"asked_on": "", "alias": "Halcón", "form_token": "a-form-that-was-not-saved", "note": "typed\nbefore <b>"}


@contextmanager
def held(app: Flask) -> Iterator[None]:
    """The turn to write, taken by another process for as long as this lasts."""
    settings = app.config["MEXILE"]
    if settings.is_sqlite:
        handle = os.open(settings.home / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(handle)
        return
    other = create_engine(settings.database_url)
    with other.connect() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ground._WRITERS})"))
        yield
    other.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds become tenths of seconds."""
    monkeypatch.setattr(gate, "PATIENCE", 0.2)
    monkeypatch.setattr(keyring, "PATIENCE", 0.2)
    monkeypatch.setattr(ground, "BUSY", 200)


@pytest.fixture
def lucia(app: Flask, make: Make, client_as: Callable[..., Client]) -> Client:
    return client_as("caseworker")


def test_who_reads_the_keyring_for_long_stops_one_form_and_not_the_program(
    impatient: None, app: Flask, lucia: Client, make: Make
) -> None:
    ana = make.member(assigned=lucia.user)
    # The key is made in the thread of the request, by a connection that was opened with little patience.
    ring = keyring.Keyring(app.config["MEXILE"].keys, keyring.read_key_file(app.config["MEXILE"].keys))
    keyring.use(ring)
    reader = sqlite3.connect(ring.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM dek").fetchall()
    with pytest.raises(sqlite3.OperationalError):
        keyring.new_key()
    with pytest.raises(sqlite3.OperationalError):
        ring.destroy(ana.key_id)
    assert lucia.get(f"/members/{ana.code}").status_code == 200, "who only reads goes on meanwhile"
    reader.execute("COMMIT")
    reader.close()
    assert len(ring.new_keys(2)) == 2, "and it is well again by itself"
    other = threading.Thread(target=ring.new_key)
    other.start()
    other.join(5)
    assert not other.is_alive()
    assert lucia.get(f"/members/{ana.code}").status_code == 200


@pytest.mark.once
def test_a_form_that_needs_a_key_says_that_it_was_not_saved_and_gives_back_what_was_typed(
    impatient: None, app: Flask, client_as: Callable[..., Client]
) -> None:
    client = client_as("intake")
    folder = app.config["MEXILE"].keys
    keyring.use(keyring.Keyring(folder, keyring.read_key_file(folder)))
    reader = sqlite3.connect(folder / keyring.KEYRING, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM dek").fetchall()
    form = {"alias": "typed before", "form_token": "a-form-that-waits-for-keys"}
    answer = client.post("/inquiries/new", data=form)
    assert answer.status_code == 503, answer.text
    assert "Not saved" in answer.text and "typed before" in answer.text and "a-form-that-waits-for-keys" in answer.text
    assert answer.headers["Retry-After"]
    reader.close()
    assert client.post("/inquiries/new", data=form).status_code != 503


def test_a_turn_held_by_another_process_is_told_and_nobody_hangs(
    impatient: None, app: Flask, lucia: Client, make: Make
) -> None:
    ana = make.member(assigned=lucia.user, legal_name="Ana Reyes")
    stranger = app.test_client()
    begun = time.monotonic()
    with held(app):
        answer = lucia.post("/language", data={"lang": "es", **FORM})
        assert answer.status_code == 503 and "Not saved" in answer.text
        assert "typed\nbefore &lt;b&gt;" in answer.text and FORM["form_token"] in answer.text
        page = lucia.get(f"/members/{ana.code}")
        assert page.status_code == 503 and "Ana Reyes" not in page.text and "Try the page again" in page.text
        with stranger.get("/static/css/base.css") as sheet:
            assert sheet.status_code == 200
        assert stranger.get("/give").status_code == 200
        assert lucia.get("/members/ME-9999").status_code == 503, "a denied call that can't be written down"
    assert time.monotonic() - begun < 4
    assert lucia.get(f"/members/{ana.code}").status_code == 200
    assert lucia.post("/language", data={"lang": "es", **FORM}).status_code == 302
    with app.app_context():
        assert trail.verify()[1] is None


def test_a_stranger_s_page_gets_nothing_of_what_it_sent_back(impatient: None, app: Flask, lucia: Client) -> None:
    with held(app):
        answer = lucia.post("/language", data={"lang": "es", **FORM}, csrf=False)
        assert answer.status_code == 503 and "typed" not in answer.text.replace("What you typed", "")
        door = app.test_client().carry(app, None, None)
        answer = door.post(
            "/sign-in", data={"email": "a@example.org", "password": "a password typed", "code": "123456"}
        )
        assert answer.status_code == 503 and "a password typed" not in answer.text and "123456" not in answer.text


def test_more_writers_than_may_wait_leave_room_for_who_reads(
    impatient: None, app: Flask, lucia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 3.0)
    times: list[float] = []

    def send() -> None:
        begun = time.monotonic()
        client = app.test_client().carry(app, lucia.secret, lucia.user)
        assert client.post("/language", data={"lang": "es"}).status_code == 503
        times.append(time.monotonic() - begun)

    with held(app):
        threads = [threading.Thread(target=send) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert len(times) == 24 and sum(one < 2.5 for one in times) >= 8


@pytest.mark.once
def test_every_form_gives_back_what_was_typed_where_nothing_can_be_written(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, wrong, refused = World(make), [], 0
    monkeypatch.setattr(gate, "PATIENCE", 0.01)
    clients = {role: client_as(user=user) for role, user in world.user.items()}
    addresses = [
        (clients[sorted(rule.roles)[0] if rule.roles else "director"], address, route.endpoint)
        for route, method, rule in routes(app)
        if method == "POST"
        for address in list(world.addresses(route, "assigned", sorted(rule.roles)[0] if rule.roles else "director"))[:1]
    ]
    with held(app):
        for client, address, endpoint in addresses:
            client.carry(app, client.secret, client.user)
            answer = client.post(address, data={"a_field": "typed before", "form_token": "a-token-of-twenty-signs"})
            if answer.status_code == 503:
                refused += 1
                if "typed before" not in answer.text or "a-token-of-twenty-signs" not in answer.text:
                    wrong.append(f"{endpoint}: what was typed is gone")
            elif answer.status_code >= 500:
                wrong.append(f"{endpoint}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert refused > len(addresses) / 2, f"{refused} of {len(addresses)} came as far as the database"


@pytest.mark.once
def test_a_database_file_that_a_stranger_locks_is_told(impatient: None, app: Flask, lucia: Client) -> None:
    with app.app_context():
        db.engine.dispose()  # connections with little patience
    other = sqlite3.connect(app.config["MEXILE"].home / "mexile.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    answer = lucia.post("/language", data={"lang": "es", **FORM})
    assert answer.status_code == 503 and "typed\nbefore" in answer.text
    other.execute("COMMIT")
    other.close()
    assert lucia.post("/language", data={"lang": "es", **FORM}).status_code == 302


def _cut(app: Flask) -> None:
    """The server ends every connection of ours, as when it is started anew."""
    other = create_engine(app.config["MEXILE"].database_url)
    with other.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.dispose()


def test_a_commit_that_is_refused_leaves_nothing_open(app: Flask, lucia: Client, database: str) -> None:
    """A lost server on PostgreSQL, a refusal on SQLite, each at the very moment of the commit."""
    with app.app_context():
        engine = db.engine

    once = [True]

    def refuse(connection: object) -> None:
        if not once:
            return
        once.pop()
        if database == "sqlite":
            raise sqlite3.OperationalError("database is locked")
        _cut(app)

    event.listen(engine, "commit", refuse)
    answer = lucia.post("/language", data={"lang": "es", **FORM})
    assert answer.status_code == 503 and "typed\nbefore" in answer.text
    for _ in range(3):
        assert lucia.post("/language", data={"lang": "es", **FORM}).status_code == 302
    with app.app_context():
        assert trail.verify()[1] is None


def test_a_server_that_was_started_anew_costs_nobody_a_form(app: Flask, lucia: Client, database: str) -> None:
    if database == "postgresql":
        assert lucia.get("/sessions").status_code == 200
        _cut(app)
    assert lucia.post("/language", data={"lang": "es"}).status_code == 302


def test_errors_of_the_database_are_told_apart(in_app: Flask, database: str) -> None:
    with pytest.raises(DBAPIError) as wrong, writing():
        db.session.execute(text("SELECT * FROM no_such_table"))
    assert trouble_of(wrong.value) == (LOST if database == "sqlite" else None)
    if database == "postgresql":
        for state in ("40001", "40P01"):
            with pytest.raises(DBAPIError) as wrong, writing():
                db.session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"))
            assert trouble_of(wrong.value) == BUSY
    with writing():
        trail.record("test.after")


def test_the_worker_outlives_a_database_that_does_not_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on by itself: neither a claim nor a conclusion that fails ends it."""
    done: list[int] = []
    monkeypatch.setitem(queue.HANDLERS, "test", lambda body: done.append(body["n"]))
    end = time.monotonic() + 10
    with app.app_context():
        with writing():
            queue.put("test", "a", {"n": 1})
        engine, broken = db.engine, [True]

    def refuse(connection: object) -> None:
        if broken:
            broken.pop()
            raise sqlite3.OperationalError("database is locked")

    event.listen(engine, "commit", refuse)
    worker.work(app.app_context, lambda: bool(done) or time.monotonic() > end, pause=0.01)
    assert done == [1]


def test_no_connection_of_a_test_outlives_it(databases: Databases, tmp_path: Path) -> None:
    """Of a second application and of a thread of its own too."""
    opened: list[Any] = []

    def read() -> None:
        with second.app_context():
            opened.append(db.session.connection().connection.dbapi_connection)

    with databases.fresh("postgresql", tmp_path / "home") as settings:
        second = build(settings)
        read()
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(10)
        assert [connection.closed for connection in opened] == [False, False]
    assert [connection.closed for connection in opened] == [True, True]
