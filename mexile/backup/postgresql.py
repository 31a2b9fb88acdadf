"""A copy of a PostgreSQL database by its own programs, and the way back: `pg_dump` at the very moment at which the rows
were counted, `pg_restore` and `psql` in one transaction, all or nothing.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from mexile.backup import words
from mexile.backup.archive import Copied
from mexile.backup.rows import count
from mexile.ground.errors import Invalid

_KEPT_BY_PACKAGES = Path("/usr/lib/postgresql")
_DUMP = ("--format=custom", "--schema=public", "--no-owner", "--no-privileges")


def programs(version: int, given: str) -> Path:
    """The folder whose `pg_dump` knows a server of this version: the `given` one, else what the machine has. Raises Invalid."""
    places = [Path(given)] if given else []
    if not given:
        places = sorted(_KEPT_BY_PACKAGES.glob("*/bin"), key=lambda path: -int(path.parent.name))
        places += [Path(path).parent for path in [shutil.which("pg_dump")] if path]
    for place in places:
        if _version(place / "pg_dump") >= version and all((place / name).exists() for name in ("pg_restore", "psql")):
            return place
    raise Invalid(words.no_program(version))


@cache
def _version(program: Path) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    except OSError:
        return 0
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


class Place:
    """One database on its server."""

    def __init__(self, url: str, given: str):
        self.url = make_url(url)
        self.engine = create_engine(self.url, poolclass=NullPool)
        with self.engine.connect() as connection:
            self.version = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000
        self._programs = programs(self.version, given)
        self._address = f"--dbname={_text(self.url.set(drivername='postgresql', password=None))}"

    def copy(self, into: Path) -> Copied:
        """Write the database into a file, and count it at the same moment. Raises Invalid."""
        moments = self.engine.execution_options(isolation_level="REPEATABLE READ")
        with moments.connect() as connection, connection.begin():
            moment = connection.scalar(text("SELECT pg_export_snapshot()"))
            copied = count(connection)
            self._run("pg_dump", *_DUMP, f"--snapshot={moment}", f"--file={into}", self._address)
        return copied

    def put_back(self, dump: Path) -> None:
        """Make this database what the file holds, all or nothing. Raises Invalid."""
        script = dump.with_name(f"{dump.name}.sql")
        try:
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
            first = "SET lock_timeout = '20s'; SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE"
            quiet = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
            self._run("psql", *quiet, f"--command={first}", f"--file={script}", self._address)
        finally:
            script.unlink(missing_ok=True)

    @contextmanager
    def scratch(self) -> Iterator[Place]:
        """An empty database beside this one, gone at the end. Raises Invalid when this user may make none."""
        name = f"{self.url.database}_tried_{secrets.token_hex(4)}"
        with self._at_once() as connection:
            try:
                connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
            except ProgrammingError:
                raise Invalid(words.no_scratch(self.url.username or "")) from None
        try:
            yield Place(_text(self.url.set(database=name)), str(self._programs))
        finally:
            with self._at_once() as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))

    def _at_once(self) -> Connection:
        """For statements that can't stand in a transaction."""
        return self.engine.execution_options(isolation_level="AUTOCOMMIT").connect()

    def _run(self, program: str, *arguments: str) -> None:
        secret = {"PGPASSWORD": self.url.password} if self.url.password else {}
        command = [str(self._programs / program), *arguments]
        surroundings = {**os.environ, **secret}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            # The first line says what is wrong; those after it may quote a row.
            raise Invalid(words.program_failed(program, (done.stderr.strip().splitlines() or ["-"])[0]))


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
