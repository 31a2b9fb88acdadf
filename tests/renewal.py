"""A PostgreSQL database as it was made: its rows put back where only rows changed, else made anew.

Making a database takes 100 ms, putting rows back takes five. A schema of its own in the master copy keeps the
rows that stood there and notes every change of a table, a trigger or a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import Pool, QueuePool

from tests.postgres import Server

USES = 200
"""After so many tests it is made anew all the same: what was deleted lies in its files until then."""

PREPARE = """
CREATE SCHEMA kept;
CREATE TABLE kept.changed (tag text);
CREATE FUNCTION kept.note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO kept.changed VALUES (tg_tag); END $$;
DO $$ DECLARE name text; is_filled boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO is_filled;
    IF is_filled THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', name, name); END IF;
  END LOOP;
END $$;
DO $$ DECLARE deletions text; insertions text; sequences text;
BEGIN
  SELECT string_agg(format('DELETE FROM public.%I;', tablename), ' ')
    FROM pg_tables WHERE schemaname = 'public' INTO deletions;
  SELECT string_agg(format('INSERT INTO public.%I SELECT * FROM kept.%I;', tablename, tablename), ' ')
    FROM pg_tables WHERE schemaname = 'kept' AND tablename <> 'changed' INTO insertions;
  SELECT string_agg(format('PERFORM setval(%L, %s, false);', format('public.%I', sequencename), start_value), ' ')
    FROM pg_sequences WHERE schemaname = 'public' INTO sequences;
  EXECUTE format(
    'CREATE FUNCTION kept.put_back() RETURNS boolean LANGUAGE plpgsql AS $put_back$ BEGIN '
    'IF EXISTS (SELECT 1 FROM kept.changed) THEN RETURN false; END IF; %s %s %s RETURN true; END $put_back$',
    deletions, insertions, sequences);
END $$;
CREATE EVENT TRIGGER kept_note ON ddl_command_end EXECUTE FUNCTION kept.note();
"""


def prepare(server: Server, master: str) -> None:
    """Teach the master copy to put its rows back."""
    with psycopg.connect(server.dsn(master), autocommit=True) as connection:
        connection.execute(PREPARE)


class Renewed:
    """The one database of this process that test after test finds as it was made.

    A new connection first reads the catalogue of all tables, which takes longer than most tests: so the one that
    puts the rows back stays open, and a test's application takes the pool that the one before it gave back.
    """

    def __init__(self, server: Server, master: str):
        self.server, self.master = server, master
        self.name = "renewed"
        self._pool: Pool | None = None
        self._connection: Connection[Any] | None = None
        self._uses: int | None = None

    @contextmanager
    def use(self, close: Callable[[str, list[Any]], None]) -> Iterator[str]:
        """Its name; `close` closes what a test left open to it, except what is kept."""
        if self._uses is None:
            self.let_go()
            create = f"CREATE DATABASE {self.name} TEMPLATE {self.master} STRATEGY FILE_COPY"
            self.server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", create)
            self._uses = 0
        try:
            yield self.name
        finally:
            kept = self._given_back()
            close(self.name, kept)
            self._uses = self._uses + 1 if self._uses < USES and self._put_back(kept) else None

    @contextmanager
    def lend(self, engine: Engine) -> Iterator[None]:
        """Its connections to a test's engine, until the end of the test."""
        if self._pool is not None:
            engine.pool = self._pool
        yield
        self._pool = engine.pool

    def _given_back(self) -> list[Any]:
        """The connections of the pool, as they were opened. Where a test kept one there is no pool any more."""
        pool, self._pool = self._pool, None
        if not isinstance(pool, QueuePool) or pool.checkedout():
            return []
        try:
            lent = [pool.connect() for _ in range(pool.checkedin())]
            connections = [connection.driver_connection for connection in lent]
            for connection in connections:
                connection.execute("RESET ALL")
                connection.execute("SELECT pg_advisory_unlock_all()")
                connection.commit()
        except (SQLAlchemyError, psycopg.Error):
            return []
        for pooled in lent:
            pooled.close()
        self._pool = pool
        return connections

    def _put_back(self, kept: list[Any]) -> bool:
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)"
        )
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self.server.dsn(self.name))
            with self._connection.transaction():
                self._connection.execute(others, [[connection.info.backend_pid for connection in kept]])
                self._connection.execute("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '5s'")
                row = self._connection.execute("SELECT kept.put_back()").fetchone()
            return row == (True,)
        except psycopg.Error:
            return False

    def let_go(self) -> None:
        """Close what is kept, before the database is made anew."""
        if self._connection is not None:
            self._connection.close()
        if self._pool is not None:
            self._pool.dispose()
        self._connection = self._pool = None
