"""Which tables a request writes, read from the statements that reach the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from mexile.ground.db import db

_WRITE = re.compile(r'^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.I)
_ELSE = re.compile(r"^\s*(?:CREATE|DROP|ALTER|TRUNCATE|VACUUM|WITH\b.*\b(?:INSERT|UPDATE|DELETE)\b)", re.I | re.S)


@contextmanager
def writes(app: Flask) -> Iterator[list[str]]:
    """The tables written inside the block, one entry a row for trail rows, in order."""
    found: list[str] = []

    def record(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        table = _WRITE.match(statement)
        if table:
            found.extend([table.group(1)] * (len(parameters) if many else 1))
        elif _ELSE.match(statement):
            found.append(statement.split(None, 1)[0].lower())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", record)
