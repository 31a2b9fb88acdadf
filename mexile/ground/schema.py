"""The tables' history: `upgrade` brings a database to today's shape.

Alembic takes long to load and is needed on the rare day on which something changes, so the
functions that need it load it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def is_current(engine: Engine) -> bool:
    """The database stands at the newest migration file."""
    return revision(engine) == newest()


def knows(revision: str) -> bool:
    """Whether this version has the migration of that number."""
    return bool(revision) and any(MIGRATIONS.glob(f"versions/{revision}_*.py"))


def _alembic() -> AlembicConfig:
    from alembic.config import Config as AlembicConfig

    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def newest() -> str:
    """The number of the newest migration."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def revision(engine: Engine) -> str:
    """The number of the last migration that this database has; none of one that migrations didn't make."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def upgrade(engine: Engine) -> None:
    """Bring the database up to the newest migration, in one write transaction.

    On SQLite a table is changed by making it anew, and other rows refer to it meanwhile: what refers to nothing is
    looked for at the end instead. Raises RuntimeError then, and changes nothing.
    """
    from alembic import command

    settings = _alembic()
    with (
        engine.connect().execution_options(write=True) as connection,
        _references_checked_at_the_end(connection),
        connection.begin(),
    ):
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        if engine.dialect.name == "sqlite" and (lost := connection.execute(text("PRAGMA foreign_key_check")).all()):
            raise RuntimeError(f"rows of {sorted({row[0] for row in lost})} refer to nothing")


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    # Inside a transaction SQLite takes no notice of this.
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
