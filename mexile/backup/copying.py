"""The database of an installation, copied out and put back, whichever kind it is."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from mexile.backup import postgresql, sqlite
from mexile.backup.archive import Copied
from mexile.config import Config


def file_of(settings: Config) -> Path:
    """Where a SQLite database lies."""
    return Path(make_url(settings.database_url).database or "")


def kind_of(settings: Config) -> str:
    return "SQLite" if settings.is_sqlite else "PostgreSQL"


def disk_of(settings: Config) -> Path:
    """The folder beside which copies are laid down, so that they can be put in the database's place in one step."""
    return file_of(settings).parent if settings.is_sqlite else settings.home


def copy(settings: Config, into: Path) -> Copied:
    if settings.is_sqlite:
        return sqlite.copy(file_of(settings), into)
    return postgresql.Place(settings.database_url, settings.postgresql_programs).copy(into)
