"""What is wrong with the backups and with the keyring's copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, inspect, select

from mexile.backup import nightly, state
from mexile.backup.postgresql import Place
from mexile.backup.rules import settings_problems
from mexile.config import Config
from mexile.doctor.since import since
from mexile.ground import clock
from mexile.ground.db import Moment, db
from mexile.ground.errors import Invalid, Problem
from mexile.ground.trail import TrailRow


def problems(settings: Config, *, is_whole: bool = True) -> list[Problem]:
    """All of it is told quickly: `is_whole` changes nothing."""
    return [*settings_problems(settings), *_programs(settings), *_set_up(settings), *_late(settings)]


def notes(settings: Config) -> list[Problem]:
    if settings.production:
        return [SAME_DISK] if _is_on_the_same_disk(settings) else []
    return [] if nightly.is_set_up(settings) else [NONE]


def _programs(settings: Config) -> Iterator[Problem]:
    """PostgreSQL's own programs, of the server's version."""
    if not settings.is_sqlite:
        try:
            Place(settings.database_url, settings.postgresql_programs)
        except Invalid as wrong:
            yield from wrong.problems


def _set_up(settings: Config) -> Iterator[Problem]:
    if settings.production and not nightly.is_set_up(settings):
        yield NONE
    if settings.production and not (settings.keyring_folder or settings.keyring_command):
        yield NO_KEYRING


def _late(settings: Config) -> Iterator[Problem]:
    """The last ones are too old, or a night went wrong. Who has just begun is given a first night."""
    last = state.known(settings.home)
    is_begun = inspect(db.session.connection()).has_table(TrailRow.__tablename__)
    begun = db.session.scalar(select(func.min(TrailRow.at, type_=Moment()))) if is_begun else None
    if last.failed is not None:
        en, es = last.failure
        ago_en, ago_es = since(last.failed)
        yield Problem(
            "MEXILE_BACKUP",
            f"The last backup went wrong, {ago_en}. {en}",
            f"El último respaldo salió mal, {ago_es}. {es}",
        )
    if nightly.is_set_up(settings) and _is_late(last.done or begun):
        yield Problem("MEXILE_BACKUP", *_age(last.done, "backup", "respaldo"))
    if (settings.keyring_folder or settings.keyring_command) and _is_late(last.keyring or begun):
        yield Problem("MEXILE_KEYRING_BACKUP", *_age(last.keyring, "copy of the keyring", "copia del llavero"))


def _is_late(at: datetime | None) -> bool:
    return at is not None and not clock.is_within(at, state.LATE)


def _age(at: datetime | None, en: str, es: str) -> tuple[str, str]:
    if at is None:
        return f"There is no {en} yet. See that mexile work runs.", f"Aún no hay {es}. Vea que mexile work funcione."
    ago_en, ago_es = since(at)
    return (
        f"The last {en} was made {ago_en}. See that mexile work runs and what it says.",
        f"El último {es} se hizo {ago_es}. Vea que mexile work funcione y qué dice."
        if es == "respaldo"
        else f"La última {es} se hizo {ago_es}. Vea que mexile work funcione y qué dice.",
    )


def _is_on_the_same_disk(settings: Config) -> bool:
    folder = Path(settings.backup_folder)
    is_folder_alone = bool(settings.backup_folder) and not settings.backup_command and folder.is_dir()
    return is_folder_alone and settings.home.is_dir() and folder.stat().st_dev == settings.home.stat().st_dev


NONE = Problem(
    "MEXILE_BACKUP",
    "No backup is made: a dead disk would take everything. Set MEXILE_BACKUP to a folder on another disk, or "
    "MEXILE_BACKUP_COMMAND to a command that takes it away.",
    "No se hace ningún respaldo: un disco dañado se llevaría todo. Ponga en MEXILE_BACKUP una carpeta de otro disco, o en "
    "MEXILE_BACKUP_COMMAND un comando que se lo lleve.",
)
NO_KEYRING = Problem(
    "MEXILE_KEYRING_BACKUP",
    "No copy of the keyring is kept: without it every backup is unreadable. Set MEXILE_KEYRING_BACKUP to a folder on another "
    "disk, apart from the backups.",
    "No se guarda copia del llavero: sin él ningún respaldo se puede leer. Ponga en MEXILE_KEYRING_BACKUP una carpeta de otro "
    "disco, aparte de los respaldos.",
)
SAME_DISK = Problem(
    "MEXILE_BACKUP",
    "The backups lie on the same disk as the data: if it dies, both are gone. Take them to another one.",
    "Los respaldos están en el mismo disco que los datos: si se daña, se pierden ambos. Llévelos a otro.",
)
