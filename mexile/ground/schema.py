"""The tables' history: `upgrade` brings a database to today's shape.

Alembic takes long to load and is needed on the rare day on which something changes, so the
functions that need it load it themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def is_current(engine: Engine) -> bool:
    """The database stands at the newest migration file."""
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        standing = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return bool(files) and standing == files[-1].partition("_")[0]


def _alembic() -> AlembicConfig:
    from alembic.config import Config as AlembicConfig

    found = AlembicConfig()
    found.set_main_option("script_location", str(MIGRATIONS))
    return found


def newest() -> str:
    """The number of the newest migration."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_alembic()).get_current_head() or ""


def standing(engine: Engine) -> str:
    """The number of the last migration that this database has."""
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(engine: Engine) -> None:
    """Bring the database up to the newest migration, in one write transaction."""
    from alembic import command

    settings = _alembic()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
