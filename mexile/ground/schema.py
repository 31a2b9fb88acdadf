"""The tables' history: `upgrade` brings a database to today's shape."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def _alembic() -> AlembicConfig:
    found = AlembicConfig()
    found.set_main_option("script_location", str(MIGRATIONS))
    return found


def newest() -> str:
    """The number of the newest migration."""
    return ScriptDirectory.from_config(_alembic()).get_current_head() or ""


def standing(engine: Engine) -> str:
    """The number of the last migration that this database has."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(engine: Engine) -> None:
    """Bring the database up to the newest migration, in one write transaction."""
    settings = _alembic()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
