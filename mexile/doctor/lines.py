"""The lines of Health: every finding of the doctor under the part that it is about, and where there is none, what is seen
of that part. The page draws them, the command prints them.
"""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import text

from mexile.backup import nightly, state
from mexile.config import Config
from mexile.doctor.database import WORKER
from mexile.doctor.findings import Findings
from mexile.doctor.since import since
from mexile.ground import clock, keyring, schema, trail
from mexile.ground.db import db
from mexile.ground.errors import Problem

AREAS = (
    "organization",
    "web",
    "worker",
    "queue",
    "mail",
    "stripe",
    "backup",
    "keys",
    "disk",
    "records",
    "clock",
    "version",
)
_BEGINS = {
    "worker": "worker",
    "queue": "queue",
    "mail": "mail",
    "SMTP": "mail",
    "STRIPE": "stripe",
    "stripe": "stripe",
    "MEXILE_BACKUP": "backup",
    "MEXILE_KEYRING": "backup",
    "MEXILE_POSTGRESQL": "backup",
    "MEXILE_KEYS": "keys",
    "MEXILE_DATABASE": "records",
    "database": "records",
    "trail": "records",
    "quarantine": "records",
    "version": "version",
    "disk": "disk",
    "clock": "clock",
    "/": "keys",
    "MEXILE": "web",
    "FLASK": "web",
}
"""How the place of a finding begins -> the part that it is about. All else is about the organization."""


@dataclass(frozen=True)
class Line:
    """One part: what has to be mended, what is good to know, and what is seen of it where nothing is wrong."""

    area: str
    problems: list[Problem]
    notes: list[Problem]
    seen: Problem

    @property
    def is_good(self) -> bool:
        return not self.problems


def area_of(problem: Problem) -> str:
    return next((area for begins, area in _BEGINS.items() if problem.place.startswith(begins)), "organization")


def lines(findings: Findings, settings: Config) -> list[Line]:
    """In the app's context, where the database answers."""
    return [
        Line(
            area,
            [problem for problem in findings.problems if area_of(problem) == area],
            [note for note in findings.notes if area_of(note) == area],
            Problem(area, *_SEEN[area](settings)),
        )
        for area in AREAS
    ]


def _worker(settings: Config) -> tuple[str, str]:
    beat = settings.home / WORKER
    if not beat.exists():
        return "Never seen.", "Nunca visto."
    en, es = since(datetime.fromtimestamp(beat.stat().st_mtime, UTC))
    return f"Seen {en}.", f"Visto {es}."


def _stripe(settings: Config) -> tuple[str, str]:
    if not settings.stripe_key:
        return "Not set up.", "Sin configurar."
    return "Set up, and nothing waits for it.", "Configurado, y nada lo espera."


def _backup(settings: Config) -> tuple[str, str]:
    last = state.known(settings.home)
    if last.done is None:
        return (
            ("The first one is made tonight.", "El primero se hace esta noche.")
            if nightly.is_set_up(settings)
            else ("None yet.", "Aún ninguno.")
        )
    en, es = since(last.done)
    said = (
        f"Made {en}: {last.rows:,} rows, {last.size / 1e6:,.1f} MB.",
        f"Hecho {es}: {last.rows:,} filas, {last.size / 1e6:,.1f} MB.",
    )
    if last.keyring is None:
        return said
    en, es = since(last.keyring)
    return f"{said[0]} Keyring copied {en}.", f"{said[1]} Llavero copiado {es}."


def _keys(_settings: Config) -> tuple[str, str]:
    count = len(keyring.current().ids())
    return f"All {count:,} open.", f"Las {count:,} abren."


def _disk(settings: Config) -> tuple[str, str]:
    free = shutil.disk_usage(settings.home).free / 1e9
    return f"{free:,.1f} GB are free.", f"Quedan {free:,.1f} GB libres."


def _records(_settings: Config) -> tuple[str, str]:
    line, _ = trail.head()
    return (
        f"The tables are guarded and the trail's last line, {line:,}, is where it was.",
        f"Las tablas están protegidas y la última línea del registro, {line:,}, está donde estaba.",
    )


def _clock(_settings: Config) -> tuple[str, str]:
    now = clock.now()
    return f"{now:%Y-%m-%d %H:%M} UTC, as the records say.", f"{now:%Y-%m-%d %H:%M} UTC, como dicen los registros."


def _version(settings: Config) -> tuple[str, str]:
    asked = "SELECT sqlite_version()" if settings.is_sqlite else "SHOW server_version"
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    said = f"mexile {version('mexile')}, Python {platform.python_version()}, {kind} {db.session.scalar(text(asked))}"
    tables = schema.revision(db.engine)
    return f"{said}, tables at {tables or 'nothing'}.", f"{said}, tablas en {tables or 'nada'}."


_SEEN = {
    "organization": lambda _: (
        "Nothing is missing that others need to know.",
        "No falta nada de lo que otros deben saber.",
    ),
    "web": lambda settings: (f"People open {settings.base_url}.", f"Se abre {settings.base_url}."),
    "worker": _worker,
    "queue": lambda _: ("Nothing waits too long.", "Nada espera demasiado."),
    "mail": lambda settings: (
        f"Letters go out by {settings.smtp_host}.",
        f"Los correos salen por {settings.smtp_host}.",
    ),
    "stripe": _stripe,
    "backup": _backup,
    "keys": _keys,
    "disk": _disk,
    "records": _records,
    "clock": _clock,
    "version": _version,
}
