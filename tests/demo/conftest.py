"""The invented organization, laid once for all tests of this folder, on the pinned day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextvars import Context
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from mexile import config as configuration
from mexile.app import create_app
from mexile.config import Config
from mexile.demo import command, ports
from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.web.program import Program
from tests.clients import Client

PINNED_NOON = datetime(2026, 11, 24, 19, tzinfo=UTC)


def never(app: Flask, host: str, port: int, threads: int) -> None:
    raise AssertionError("nothing is served here")


PROGRAM = Program(create_app=create_app, serve=never, settle=never)


def settings_of(home: Path) -> Config:
    """The demo's configuration on this home."""
    held = ports.Held()
    try:
        return command.arrange(configuration.read({"MEXILE_HOME": str(home)}), 18080, held)
    finally:
        held.release()


def let_go(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def laid_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the organization of 24 November 2026 stands. Copy it; don't touch it."""
    home = tmp_path_factory.mktemp("laid") / "home"
    home.mkdir()
    # In a context of its own, as the command runs: what a test before it read is not this one's.
    Context().run(_fill, home)
    return home


def _fill(home: Path) -> None:
    with clock.at(PINNED_NOON):
        let_go(command.prepare(PROGRAM, settings_of(home)))


@pytest.fixture
def home(laid_home: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed at will."""
    return Path(shutil.copytree(laid_home, tmp_path / "home"))


@pytest.fixture
def prepare(home: Path) -> Iterator[Callable[[], Flask]]:
    """`prepare()`: what `mexile demo` does before it starts anything, on that copy."""
    made: list[Flask] = []

    def begin() -> Flask:
        seal._reads.set(None)
        app = command.prepare(PROGRAM, settings_of(home))
        app.testing = True
        app.test_client_class = Client
        made.append(app)
        return app

    yield begin
    for app in made:
        let_go(app)


@pytest.fixture
def demo(prepare: Callable[[], Flask]) -> Iterator[Flask]:
    """The app of the demo on the pinned day."""
    with clock.at(PINNED_NOON):
        yield prepare()


@pytest.fixture
def visitor(demo: Flask) -> Client:
    """Somebody at this machine who opens /demo."""
    return demo.test_client().carry(demo, None, None)
