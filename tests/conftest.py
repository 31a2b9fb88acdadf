"""What all tests share: a fresh app on both databases, makers, and clients that are signed in.

- `app`: the whole application on a fresh database; a test that asks for it runs twice,
  on SQLite and on PostgreSQL. Marked `@pytest.mark.once` it runs on SQLite alone.
- `make`: the makers (tests/make.py).
- `client`: a stranger's browser. `client_as("caseworker", ...)`: somebody signed in.
- `in_app`: for tests of actions and queries: the app's context during the whole test.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from mexile.access.account.models import UserAccount
from mexile.ground import seal, trail
from tests import sockets
from tests.building import build, copy_of
from tests.clients import Client
from tests.databases import Databases
from tests.make import Make
from tests.places import memory

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["tests.closing"]

sockets.close()
if place := memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "once: a test that runs on SQLite alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        once = metafunc.definition.get_closest_marker("once")
        metafunc.parametrize("database", ["sqlite"] if once else ["sqlite", "postgresql"], indirect=True)


def pytest_collection_finish() -> None:
    """What stands before the first test stays to the end; the collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"), build)
    yield made
    made.stop()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database of this run: "sqlite" or "postgresql"."""
    return request.param


@pytest.fixture(scope="session")
def built(databases: Databases) -> Flask:
    """The application of which every test has a copy; nobody asks it anything."""
    return build(databases.settings())


@pytest.fixture
def app(database: str, databases: Databases, built: Flask, tmp_path: Path) -> Iterator[Flask]:
    with databases.fresh(database, tmp_path / "home") as config:
        # What the last test's requests left in this thread.
        seal._reads.set(None)
        trail.actor.set(trail.Actor())
        made = copy_of(built, config)
        made.testing = True
        made.test_client_class = Client
        with databases.lend(made):
            yield made


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The app's context around the whole test. Don't use it beside a client: requests
    would share its session."""
    with app.app_context():
        yield app


@pytest.fixture
def make(app: Flask) -> Make:
    return Make(app)


@pytest.fixture
def client(app: Flask) -> Client:
    """A stranger's browser."""
    return app.test_client().carry(app, None, None)


@pytest.fixture
def client_as(app: Flask, make: Make) -> Callable[..., Client]:
    """`client_as("intake")`, `client_as("director", "attorney")`, `client_as(user=user)`:
    a browser that is signed in; `.user` is who, `seen=` how long ago she last moved."""

    def sign_in(*roles: str, user: UserAccount | None = None, **when: timedelta) -> Client:
        who = user or make.user(roles=roles or ("caseworker",))
        return app.test_client().carry(app, make.session(who, **when), who)

    return sign_in


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, found as `.ci/system` finds it."""
    finder = Path(__file__).parents[1] / ".ci" / "browser"
    found = subprocess.run([str(finder)], capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        pytest.skip("chromium is not installed")
    return found


# No sandbox: the tests may run as root in a container. The rest keeps the browser from calling home.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for a whole process: a second driver beside it would not start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of LibreOffice."""
    return _program("soffice", "libreoffice")
