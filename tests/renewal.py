"""A PostgreSQL database as it was made: its rows put back where only rows changed, else made anew.

Making a database takes 100 ms, putting rows back takes ten. A schema of its own in the master copy keeps the
rows that stood there and notes every change of a table, a trigger or a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from tests.postgres import Server

USES = 200
"""After so many tests it is made anew all the same: what was deleted lies in its files until then."""

PREPARE = """
CREATE SCHEMA kept;
CREATE TABLE kept.changed (tag text);
CREATE FUNCTION kept.note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO kept.changed VALUES (tg_tag); END $$;
CREATE FUNCTION kept.put_back() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE name text; sequence record; is_filled boolean;
BEGIN
  IF EXISTS (SELECT 1 FROM kept.changed) THEN RETURN false; END IF;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO is_filled;
    IF is_filled THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename <> 'changed' LOOP
    EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', name, name);
  END LOOP;
  FOR sequence IN SELECT * FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    PERFORM setval(format('public.%I', sequence.sequencename), sequence.start_value, false);
  END LOOP;
  RETURN true;
END $$;
DO $$ DECLARE name text; is_filled boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO is_filled;
    IF is_filled THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', name, name); END IF;
  END LOOP;
END $$;
CREATE EVENT TRIGGER kept_note ON ddl_command_end EXECUTE FUNCTION kept.note();
"""


def prepare(server: Server, master: str) -> None:
    """Teach the master copy to put its rows back."""
    with psycopg.connect(server.dsn(master), autocommit=True) as connection:
        connection.execute(PREPARE)


class Renewed:
    """The one database of this process that test after test finds as it was made."""

    def __init__(self, server: Server, master: str):
        self.server, self.master = server, master
        self.name = "renewed"
        self._uses: int | None = None

    @contextmanager
    def use(self, close: Callable[[str], None]) -> Iterator[str]:
        """Its name; `close` closes what a test left open to it."""
        if self._uses is None:
            create = f"CREATE DATABASE {self.name} TEMPLATE {self.master} STRATEGY FILE_COPY"
            self.server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", create)
            self._uses = 0
        try:
            yield self.name
        finally:
            close(self.name)
            self._uses = self._uses + 1 if self._uses < USES and self._put_back() else None

    def _put_back(self) -> bool:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        try:
            with psycopg.connect(self.server.dsn(self.name)) as connection:
                connection.execute(others)
                connection.execute("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '5s'")
                row = connection.execute("SELECT kept.put_back()").fetchone()
            return row == (True,)
        except psycopg.Error:
            return False
