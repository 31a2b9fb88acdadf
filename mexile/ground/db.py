"""The database: `Base`, `db`, and `writing()`, the only place that commits.

Outside `writing()` the session is read only: PostgreSQL is told `READ ONLY`; on SQLite
every statement is looked at before it runs, for its `PRAGMA query_only` throws away all
prepared statements, which would cost a page a tenth of its time. Inside, SQLite runs `BEGIN IMMEDIATE` behind a fair lock
(`turn.py`: SQLite's own busy handler starves some of those who wait).
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, ColumnElement, DateTime, Integer, LargeBinary, MetaData, Table, and_, event, exists, not_
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from mexile.ground.errors import OpenTransaction
from mexile.ground.privacy import STAFF
from mexile.ground.turn import FairLock, WriterQueue, take_turn

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table. A relation is loaded on purpose or not at all."""

    metadata = MetaData(naming_convention=NAMES)
    __table__: ClassVar[Table]
    ended_by: ClassVar[tuple[str, ...]] = ()
    """The columns, as "table.column", by which other records say that one of these doesn't stand any more."""

    @classmethod
    def stands(cls) -> ColumnElement[bool]:
        """The WHERE on a record: nothing ended it (took it back, lifted it, opened again what it closed)."""
        record: Any = cls  # or an alias of it, which has an id of its own
        endings = [cls.metadata.tables[table].c[column] for table, column in (name.split(".") for name in cls.ended_by)]
        return and_(*(not_(exists().where(ending == record.id).correlate(record)) for ending in endings))


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False, "expire_on_commit": False})


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware of it on the way in and on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def pk() -> MappedColumn[int]:
    """The integer primary key that never leaves the house."""
    return mapped_column(Integer, primary_key=True, autoincrement=True, info=STAFF)


def rid() -> MappedColumn[bytes]:
    """Sixteen random bytes that a row has before it is inserted, so that a sealed
    value can be bound to it. Set them in the constructor: see `WithRid`."""
    return mapped_column(LargeBinary(16), unique=True, nullable=False, info=STAFF)


class WithRid:
    """A row that knows its `rid` from the moment it is made."""

    rid: Mapped[bytes] = rid()

    def __init__(self, **values: Any) -> None:
        values.setdefault("rid", secrets.token_bytes(16))
        # The rid and the key must stand before the first sealed value is set.
        first = {name: values.pop(name) for name in ("rid", "key_id") if name in values}
        super().__init__(**first)
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


# ---- append-only tables -------------------------------------------------------

TRIGGERS: dict[str, dict[str, list[str]]] = {}
"""Table -> dialect -> the statements that make its triggers. Alembic's batch mode
drops triggers without a word: make these again after every batch change."""


def append_only_sql(table: str, dialect: str) -> list[str]:
    """The statements after which rows of `table` can't be changed or deleted."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]


Model = TypeVar("Model", bound=type[Base])


def append_only(model: Model) -> Model:
    """Class decorator: the rows of this table are added and never touched again."""
    table = model.__table__
    TRIGGERS[table.name] = {d: append_only_sql(table.name, d) for d in ("sqlite", "postgresql")}
    for dialect, statements in TRIGGERS[table.name].items():
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(table, "after_create", ddl)
    return model


# ---- transactions -----------------------------------------------------------

_writing: ContextVar[bool] = ContextVar("writing", default=False)
committed: ContextVar[bool] = ContextVar("committed", default=False)
"""Whether a write was committed since this was last set to False; a request sets it before its view."""


def arrange(engine: Engine, lock_path: Path | None) -> None:
    """Teach `engine` our transactions: read only unless `writing()` began them."""
    line = WriterQueue()
    if engine.dialect.name == "sqlite":
        _arrange_sqlite(engine, line, FairLock(lock_path) if lock_path else None)
    else:
        _arrange_postgresql(engine, line)

    # A turn must outlive the commit, so it is given back when the connection is.
    @event.listens_for(engine, "checkin")
    def checkin(_dbapi: Any, record: Any) -> None:
        for leave in record.info.pop("turn", ()):
            leave()


_READING = ("SELECT ", "BEGIN", "PRAGMA ", "EXPLAIN ")
_CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def _only_reads(statement: str) -> bool:
    """Whether it may run outside `writing()`: told by its first word, a WITH by all of them. Values are
    parameters and stand in no statement."""
    return statement.startswith(_READING) or (statement.startswith("WITH ") and not _CHANGES.search(statement))


BUSY = 4000
"""Milliseconds that SQLite waits for a stranger who has the database file open, a backup say."""


def _arrange_sqlite(engine: Engine, line: WriterQueue, lock: FairLock | None) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY}",
            "trusted_schema=OFF",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            take_turn(connection.info, line, lock)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def look(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if not connection.get_execution_options().get("write") and not _only_reads(statement):
            raise OpenTransaction("read only here: a statement that writes needs writing()")


_WRITERS = 0x6D6578696C65  # "mexile": the advisory lock that all writers take


def _arrange_postgresql(engine: Engine, line: WriterQueue) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # One writer at a time here too, so that a check made inside `writing()` holds
        # to its end on both databases, and the trail's chain has one order.
        if connection.get_execution_options().get("write"):
            left = max(1, int((take_turn(connection.info, line) - time.monotonic()) * 1000))
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {left}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")


AFTER_COMMIT: list[Callable[[], None]] = []
"""Called when `writing()` has committed; what it noted for them is in `db.session.info["noted"]`."""


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction: begun at once, committed at the end, undone on any error.

    What was read before it must be read again inside it. The calls in it speak to
    the database only; see `outside_write`.
    """
    if _writing.get():
        raise OpenTransaction("a write transaction is already open")
    session = db.session
    session.rollback()
    session.info["noted"] = {}
    token = _writing.set(True)
    try:
        session.connection(execution_options={"write": True})
        yield
        session.commit()
        committed.set(True)
        for function in AFTER_COMMIT:
            function()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    return _writing.get()


def outside_write() -> None:
    """Called before Stripe, mail and other slow neighbours: never inside a write."""
    if _writing.get():
        raise OpenTransaction("the outside world can't be called inside a write transaction")
