"""What is sealed lies nowhere in the clear: in no other column, file, log or error."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select

from mexile.access.policy import anybody
from mexile.app import create_app
from mexile.ground.db import db
from tests.clients import Client
from tests.databases import let_go
from tests.house.canaries import set_canaries
from tests.house.world import World
from tests.make import Make

VALUE = "Canario Quetzal 915-555-0199"


def test_no_sealed_value_lies_in_the_clear_anywhere_in_the_database(app: Flask, make: Make, database: str) -> None:
    canaries = set_canaries(app, World(make))
    assert len(canaries) > 50
    with app.app_context():
        held = "\n".join(
            f"{table.name} {row!r}" for table in db.metadata.sorted_tables for row in db.session.execute(select(table))
        )
    assert [one for one in canaries if one.value in held] == []
    let_go(app)
    if database == "sqlite":
        home = app.config["MEXILE"].home
        raw = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
        assert [one for one in canaries if one.value.encode() in raw] == []


def test_an_unforeseen_error_shows_a_number_and_no_value(
    app: Flask, client_as: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    broken = Blueprint("broken", __name__)

    @broken.route("/broken")
    def broken_page() -> str:
        raise ValueError(VALUE)

    other = create_app(
        app.config["MEXILE"],
        more=[SimpleNamespace(blueprint=broken)],
        lines={"broken.broken_page": {"GET": anybody()}},
    )
    other.test_client_class = Client
    answer = other.test_client().get("/broken")
    let_go(other)
    assert answer.status_code == 500
    assert "<h1" in answer.text
    for word in (*VALUE.split(), "Traceback", "ValueError"):
        assert word not in answer.text
    assert "ValueError" in caplog.text and VALUE.split()[1] not in caplog.text
