"""Whether mexile runs here: its servers and its worker share a lock in the home, and what replaces the database under
their feet (a restore, an upgrade) asks for it alone. It ends with the process, whatever ended that."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mexile.ground.errors import Invalid, Problem

LOCK = "running.lock"
UPGRADE = "upgrade.json"
"""In the home while an upgrade is under way: its step and its backup."""
_held: list[int] = []

RUNS = Problem(
    "",
    "mexile is running. Stop the server and the worker first (systemctl stop mexile-serve mexile-work), then try again. "
    "Nothing was changed.",
    "mexile está en marcha. Detenga primero el servidor y el trabajador (systemctl stop mexile-serve mexile-work) e intente "
    "otra vez. No se cambió nada.",
)
UNDER_WAY = Problem(
    "MEXILE_HOME",
    "A restore or an upgrade is under way. Start mexile when it is over.",
    "Hay una restauración o una actualización en curso. Inicie mexile cuando termine.",
)
HALFWAY = Problem(
    "MEXILE_HOME",
    "An upgrade was ended halfway. Run: mexile upgrade",
    "Una actualización quedó a la mitad. Ejecute: mexile upgrade",
)


def begin(home: Path) -> None:
    """This process serves or works from now on. Raises Invalid while the database is being replaced."""
    if (home / UPGRADE).exists():
        raise Invalid(HALFWAY)
    _held.append(_lock(home, fcntl.LOCK_SH, UNDER_WAY))


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nothing serves or works here meanwhile. Raises Invalid when something does."""
    handle = _lock(home, fcntl.LOCK_EX, RUNS)
    try:
        yield
    finally:
        os.close(handle)


def _lock(home: Path, kind: int, refusal: Problem) -> int:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Invalid(refusal) from None
    return handle
