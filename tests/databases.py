"""A fresh database for every test, on either kind: the schema is made once and copied."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from psycopg import Connection
from sqlalchemy import event, make_url
from sqlalchemy.pool import Pool

from mexile.config import Config
from mexile.ground import keyring
from mexile.ground.db import db, writing
from mexile.ground.organization import Organization
from tests.postgres import Server, binaries
from tests.renewal import Renewed, prepare

Build = Callable[[Config], Flask]


def settings(home: Path, database_url: str) -> Config:
    """The configuration of a test: everything under `home`, argon2 at its weakest legal cost."""
    return Config(
        home=home,
        keys=home / "keys",
        database_url=database_url,
        base_url="http://127.0.0.1:8080",
        weak_passwords=True,
        stripe_key="sk_test_fictional",
        stripe_base="http://127.0.0.1:9",
        stripe_webhook_secret="whsec_fictional",
        smtp_port=9,
        postgresql_programs=str(binaries() or ""),
    )


def make_keys(folder: Path) -> None:
    keyring.make_key_file(folder)
    keyring.Keyring(folder, keyring.read_key_file(folder)).make()


def fill(app: Flask) -> None:
    """All tables with their triggers, and the fictional organization whose mexile this is."""
    with app.app_context(), writing():
        db.metadata.create_all(db.session.connection())
        db.session.add(
            Organization(
                id=1,
                legal_name="Casa Ejemplo",
                short_name="Casa Ejemplo",
                ein="00-0000000",
                is_exempt=1,
                address="1 Example Street\nEl Paso, TX 79901",
                sentence_en="We walk beside people in exile.",
                sentence_es="Caminamos junto a personas en el exilio.",
                mail_from="Casa Ejemplo <office@example.org>",
                invented=1,
            )
        )
    let_go(app)


def let_go(app: Flask) -> None:
    """Close every connection of `app`, so that its database can be copied."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


_opened: list[Connection[Any]] = []


@event.listens_for(Pool, "connect")
def _note(connection: Any, _record: Any) -> None:
    if isinstance(connection, Connection):
        _opened.append(connection)


def _close(name: str, kept: list[Any]) -> None:
    """Close what else is open to this database: of a second application, of threads, of engines of a test's own.
    Otherwise some later test would be told, when Python comes to collect it."""
    for connection in _opened:
        if not connection.closed and connection.info.dbname == name and connection not in kept:
            connection.close()
    _opened[:] = [connection for connection in _opened if not connection.closed]


def _whole(path: Path) -> None:
    """Bring what lies in the write-ahead log into the one file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


class Databases:
    """The master copies of one test process, made when they are first wanted."""

    def __init__(self, folder: Path, build: Build):
        self.folder = folder
        self.build = build
        self._server: Server | None = None
        self._renewed: Renewed | None = None
        self._sqlite: Path | None = None
        self._numbers = itertools.count(1)

    @contextmanager
    def fresh(self, kind: str, home: Path) -> Iterator[Config]:
        """A configuration whose database holds the schema, the organization and nothing else."""
        home.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self._keys(), home / "keys")
        if kind == "sqlite":
            shutil.copyfile(self._sqlite_master(), home / "mexile.db")
            yield settings(home, f"sqlite:///{home / 'mexile.db'}")
            return
        server = self.server()
        if self._renewed is None:
            self._renewed = Renewed(server, "master")
        with self._renewed.use(_close) as name:
            yield settings(home, server.url(name))

    @contextmanager
    def lend(self, app: Flask) -> Iterator[None]:
        """Open connections to an application on a fresh database, where they take long to open."""
        if app.config["MEXILE"].is_sqlite or self._renewed is None:
            yield
            let_go(app)
            return
        with app.app_context():
            engine = db.engine
        with self._renewed.lend(engine):
            yield
            with app.app_context():
                db.session.remove()

    def snapshot(self, app: Flask) -> Callable[[], None]:
        """Keep the database of `app` as it is now; returns what puts it back."""
        settings = app.config["MEXILE"]
        let_go(app)
        if settings.is_sqlite:
            path = settings.home / "mexile.db"
            kept = settings.home / "kept.db"
            _whole(path)
            shutil.copyfile(path, kept)

            def back() -> None:
                let_go(app)
                for suffix in ("-wal", "-shm"):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
                shutil.copyfile(kept, path)

            return back
        name = make_url(settings.database_url).database
        server, kept_name = self.server(), f"{name}_kept"
        server.execute(
            # A connection that we closed just now may not have left yet.
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
            f"DROP DATABASE IF EXISTS {kept_name}",
            f"CREATE DATABASE {kept_name} TEMPLATE {name} STRATEGY FILE_COPY",
        )

        def back_there() -> None:
            let_go(app)
            server.execute(
                f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {kept_name} STRATEGY FILE_COPY"
            )

        return back_there

    def empty(self, kind: str, home: Path) -> Config:
        """A configuration whose database has no table yet (for migrations)."""
        home.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self._keys(), home / "keys")
        if kind == "sqlite":
            return settings(home, f"sqlite:///{home / 'mexile.db'}")
        name = f"t{next(self._numbers)}"
        self.server().execute(f"CREATE DATABASE {name}")
        return settings(home, self.server().url(name))

    def settings(self) -> Config:
        """The configuration of the master copy on SQLite."""
        return settings(self._home(), f"sqlite:///{self._sqlite_master()}")

    def server(self) -> Server:
        if self._server is None:
            self._server = Server()
            self._server.execute("CREATE DATABASE master")
            config = settings(self._home(), self._server.url("master"))
            fill(self.build(config))
            prepare(self._server, "master")
        return self._server

    def _home(self) -> Path:
        home = self.folder / "master"
        home.mkdir(exist_ok=True)
        if not (home / "keys").exists():
            make_keys(home / "keys")
        return home

    def _keys(self) -> Path:
        return self._home() / "keys"

    def _sqlite_master(self) -> Path:
        if self._sqlite is None:
            path = self._home() / "mexile.db"
            fill(self.build(settings(self._home(), f"sqlite:///{path}")))
            _whole(path)
            self._sqlite = path
        return self._sqlite

    def stop(self) -> None:
        if self._renewed is not None:
            self._renewed.let_go()
        if self._server is not None:
            self._server.stop()
