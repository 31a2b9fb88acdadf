"""What a database holds: how many rows of each table, and the trail's last line."""

from __future__ import annotations

from sqlalchemy import Connection, func, inspect, select, table, text

from mexile.backup.archive import Copied


def count(connection: Connection) -> Copied:
    names = sorted(inspect(connection).get_table_names())
    rows = {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    line = "SELECT seq, mac FROM trail ORDER BY seq DESC LIMIT 1"
    last = connection.execute(text(line)).first() if "trail" in names else None
    revision = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in names else ""
    return Copied(rows, last.seq if last else 0, bytes(last.mac).hex() if last else "", revision or "")
