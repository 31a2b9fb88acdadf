"""An installation worth keeping: rows, a trail, a paper, at this version's tables."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import text

from mexile.app import create_app
from mexile.backup import restore
from mexile.config import Config
from mexile.ground import schema, trail
from mexile.ground.db import db, writing
from tests.databases import let_go
from tests.make import Make

STAMP = ("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)", "DELETE FROM alembic_version")


def filled(app: Flask, make: Make) -> None:
    """Two members with a paper each, ten lines of the trail, and the number of the newest migration."""
    for alias in ("Colibrí", "Alondra"):
        make.document(member=make.member(alias=alias))
    with app.app_context():
        for number in range(10):
            with writing():
                trail.record("test.write", str(number))
    stamp(app, schema.newest())


def stamp(app: Flask, revision: str) -> None:
    with app.app_context(), writing():
        db.session.execute(text(STAMP[0].replace("TABLE", "TABLE IF NOT EXISTS")))
        db.session.execute(text(STAMP[1]))
        db.session.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})


def put_back(app: Flask, path, settings: Config | None = None):
    """Restore, as the command does, in this process; the test's own app goes on with what stands then."""
    let_go(app)
    return restore.restore(create_app, settings or app.config["MEXILE"], path)


def everything(app: Flask) -> dict[str, list[tuple]]:
    """All rows of all tables but the trail's."""
    with app.app_context():
        tables = [table for table in db.metadata.sorted_tables if table.name != "trail"]
        rows = {table.name: sorted(map(tuple, db.session.execute(table.select())), key=repr) for table in tables}
        db.session.rollback()
    return rows


Change = Callable[[bytes], bytes]
