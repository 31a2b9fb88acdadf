"""Whether this keyring is the one of this database, and whether it opens what the database holds.

The keyring lies on one machine. A copy of it beside the same database soon lacks the keys that the
other one makes; an older copy lacks those made since. So each start, and each new key, asks whether
this keyring ever made the keys that the database uses.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import LargeBinary, Select, Table, inspect, select, text, union, union_all
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.util import find_tables

from mexile.ground import keyring
from mexile.ground.db import Base, db, is_writing
from mexile.ground.errors import KeyringBroken, Problem
from mexile.ground.hook import Hook
from mexile.ground.keyring import MADE, Keyring

LOOK_AGAIN = 60


@cache
def keyed_tables() -> tuple[Table, ...]:
    """The tables whose rows name the key under which they are sealed."""
    tables = (table for _, table in sorted(Base.metadata.tables.items()))
    return tuple(
        table for table in tables if "key_id" in table.columns and isinstance(table.c.key_id.type, LargeBinary)
    )


def used_keys() -> set[bytes]:
    """Every key that a row of the database names."""
    there = set(inspect(db.session.connection()).get_table_names())
    statement = _all_keys(frozenset(table.name for table in keyed_tables() if table.name in there))
    return {bytes(row[0]) for row in db.session.execute(text(statement))} if statement else set()


@cache
def _all_keys(names: frozenset[str]) -> str:
    """Made once for all: forty tables take longer to write down than to ask."""
    parts = [
        select(table.c.key_id).where(table.c.key_id.is_not(None)) for table in keyed_tables() if table.name in names
    ]
    return str(union(*parts)) if parts else ""


@cache
def _newest_rows() -> str:
    parts = []
    for table in keyed_tables():
        newest = select(table.c.key_id).where(table.c.key_id.is_not(None))
        newest = newest.order_by(*(column.desc() for column in table.primary_key)).limit(1)
        parts.append(select(newest.subquery(f"newest_{table.name}").c.key_id))
    return str(union_all(*parts).compile(compile_kwargs={"literal_binds": True}))


def problems() -> list[Problem]:
    """Why the program must not start with this keyring beside this database; empty when it may."""
    used, ring = used_keys(), keyring.current()
    if not ring.path.exists() and not used:
        ring.make()
    if used and (not ring.path.exists() or _is_gutted(ring, used)):
        return [EMPTY]
    strangers = ring.strange(used)
    if strangers:
        # A keyring of a version that didn't remember what it erased learns it from the rows that say so.
        erased = strangers & _erased_as_rows_say()
        for key_id in erased:
            ring.erase(key_id)
        strangers -= erased
    return [not_ours(len(strangers))] if strangers else []


destroyed_keys: Hook[[], Select[Any]] = Hook("the keys that were destroyed on purpose")
"""``destroyed_keys()``: selects them by rows that stay; each house answers for its own."""


def _erased_as_rows_say() -> set[bytes]:
    there = set(inspect(db.session.connection()).get_table_names())
    known = [
        statement for statement in destroyed_keys.each() if {table.name for table in find_tables(statement)} <= there
    ]
    return {bytes(row[0]) for statement in known for row in db.session.execute(statement)}


def _is_gutted(ring: Keyring, keys: set[bytes]) -> bool:
    """No key is left in it, and nobody destroyed those that were."""
    return ring.is_empty() and any(ring.state(key_id) in (MADE, None) for key_id in keys)


def guard() -> None:
    """No key is made under a keyring that isn't the database's. Asks for the newest row of each table, beside
    whatever the session is reading: that must not begin to look at this moment for good."""
    if is_writing():
        rows = db.session.execute(text(_newest_rows())).all()
    else:
        with db.engine.connect() as connection:
            rows = connection.execute(text(_newest_rows())).all()
    newest = {bytes(row[0]) for row in rows}
    ring = keyring.current()
    if newest and _is_gutted(ring, newest):
        raise KeyringBroken(EMPTY)
    if strangers := len(ring.strange(newest)):
        raise KeyringBroken(not_ours(strangers))


_looked: WeakKeyDictionary[Keyring, tuple[int, float, int]] = WeakKeyDictionary()


def unopened() -> int:
    """How many keys of the database don't open, though nobody was removed: an alarm. Looked at when the
    keyring has changed and each minute at most (with 5,000 members it takes 30 ms, and stands on Today)."""
    ring = keyring.current()
    changes, at, count = _looked.get(ring, (-1, 0.0, 0))
    if changes != ring.changes or time.monotonic() - at > LOOK_AGAIN:
        count = len(ring.unopened(used_keys()))
        _looked[ring] = (ring.changes, time.monotonic(), count)
    return count


def start_problems() -> list[Problem]:
    """`problems()`, where the database answers; where it doesn't, `guard` still stands before each new key."""
    try:
        return problems()
    except SQLAlchemyError:
        return []
    finally:
        db.session.remove()
        db.engine.dispose()
        keyring.current().close()


EMPTY = Problem(
    "MEXILE_KEYS",
    "The keyring is empty, but the database is not: nothing in it could be read. "
    "Put the newest copy of keyring.db back; nothing was changed.",
    "El llavero está vacío y la base de datos no: nada se podría leer. "
    "Reponga la copia más reciente de keyring.db; no se cambió nada.",
)


def not_ours(count: int) -> Problem:
    return Problem(
        "MEXILE_KEYS",
        f"The database uses {count} keys that this keyring never made: it is an older copy, or another machine "
        "has its own. One keyring belongs to one database, on one machine. Put the newest keyring.db back; "
        "if those keys are lost for good, say so with: mexile keys lost",
        f"La base de datos usa {count} claves que este llavero nunca hizo: es una copia anterior, u otro equipo "
        "tiene el suyo. A una base le corresponde un llavero, en un equipo. Reponga el keyring.db más reciente; "
        "si esas claves se perdieron para siempre, dígalo con: mexile keys lost",
    )


def cannot_open(count: int) -> Problem:
    return Problem(
        "MEXILE_KEYS",
        f"{count} keys can't be opened though nobody was removed: what they sealed can't be read. "
        "Put the newest keyring.db back; if they are lost for good, say so with: mexile keys lost",
        f"{count} claves no se pueden abrir aunque nadie fue retirado: lo que sellaron no se puede leer. "
        "Reponga el keyring.db más reciente; si se perdieron para siempre, dígalo con: mexile keys lost",
    )
