"""What the migrations make is what the models say, read back from the database: tables,
columns, checks, indexes and triggers, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select, text

from mexile.ground import schema
from mexile.ground.db import TRIGGERS, db, writing
from mexile.ground.organization import Organization
from tests.building import build
from tests.databases import Databases, let_go

POSTGRESQL = {
    "column": """
        SELECT table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable, column_default, is_identity)
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


def _parts(sql: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE, in an order of their own."""
    inside, depth, parts = sql[sql.index("(") + 1 : sql.rindex(")")], 0, [""]
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return sorted(re.sub(r"\s+", " ", part).replace('"', "").strip() for part in parts)


def _sqlite(connection: Connection) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, name, sql in connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    ):
        if kind == "table":
            found |= {f"table {name}: {part}": True for part in _parts(sql)}
            found[f"table {name}"] = sql[sql.rindex(")") + 1 :].strip()
        else:
            found[f"{kind} {name}"] = re.sub(r"\s+", " ", sql).replace('"', "").strip()
    return found


def shape(app: Flask) -> dict[str, Any]:
    """Everything that the database says of itself, but the row that counts migrations."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = _sqlite(connection)
        else:
            found = {
                f"{kind} {name}": definition
                for kind, query in POSTGRESQL.items()
                for name, definition in connection.execute(text(query))
            }
    return {name: definition for name, definition in found.items() if "alembic_version" not in name}


@pytest.fixture
def migrated(database: str, databases: Databases, tmp_path: Path) -> Any:
    app = build(databases.empty(database, tmp_path / "migrated"))
    with app.app_context():
        schema.upgrade(db.engine)
    yield app
    let_go(app)


def test_the_migrations_make_what_the_models_say(app: Flask, migrated: Flask) -> None:
    models, migrations = shape(app), shape(migrated)
    assert len(models) > 100
    only = [f"only in the models: {name}" for name in sorted(models.keys() - migrations.keys())]
    only += [f"only in the migrations: {name}" for name in sorted(migrations.keys() - models.keys())]
    only += [
        f"{name}:\n  models {models[name]}\n  migrations {migrations[name]}"
        for name in sorted(models.keys() & migrations.keys())
        if models[name] != migrations[name]
    ]
    assert not only, "\n".join(only)


def test_a_second_upgrade_changes_nothing(migrated: Flask) -> None:
    before = shape(migrated)
    with migrated.app_context():
        schema.upgrade(db.engine)
        assert schema.revision(db.engine) == schema.newest()
    assert shape(migrated) == before


def test_rows_that_are_only_added_to_refuse_change_after_the_migrations(migrated: Flask, database: str) -> None:
    with migrated.app_context():
        assert TRIGGERS.keys() >= {"trail", "ledger_line"}
        for table in TRIGGERS:
            named = [name for name in shape(migrated) if name.startswith("trigger") and table in name]
            assert len(named) >= 2, table


def test_a_migrated_database_can_be_written(migrated: Flask) -> None:
    with migrated.app_context(), writing():
        db.session.add(
            Organization(
                id=1,
                legal_name="Casa",
                short_name="Casa",
                ein="",
                address="",
                sentence_en="",
                sentence_es="",
                mail_from="office@example.org",
            )
        )
    with migrated.app_context():
        assert db.session.scalar(select(Organization.short_name)) == "Casa"


@pytest.mark.once
def test_no_migration_knows_a_model() -> None:
    for path in (schema.MIGRATIONS / "versions").glob("*.py"):
        imports = re.findall(r"^(?:from|import) (mexile[\w.]*)", path.read_text(), re.M)
        assert set(imports) <= {"mexile.ground.db"}, path.name


def test_who_and_what_an_organization_is_outlives_the_older_spelling(migrated: Flask) -> None:
    """Rows refer to a donor's row while its table is made anew."""
    from alembic import command

    moment = {"moment": "2026-01-01 00:00:00"}
    with migrated.app_context():
        settings = schema._alembic()
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            settings.attributes["connection"] = connection
            command.downgrade(settings, "0039")
            for statement in (
                "INSERT INTO organisation (id, legal_name, short_name, ein, address, sentence_en, sentence_es, mail_from, "
                "zone, fiscal_year_month, languages, invented, version) "
                "VALUES (1, 'Casa', 'Casa', '', '', '', '', 'a@example.org', 'America/Denver', 7, 'en es', 0, 3)",
                "INSERT INTO donor (id, key_id, code, kind, language, anonymous, made_at, rid) "
                "VALUES (1, :key, 'D-0001', 'organisation', 'en', 0, :moment, :key)",
                "INSERT INTO donor_link (id, donor_id, made_at, rid) VALUES (1, 1, :moment, :rid)",
            ):
                connection.execute(text(statement), {"key": b"k" * 16, "rid": b"r" * 16, **moment})
        schema.upgrade(db.engine)
        whose = "SELECT short_name, fiscal_year_month, version FROM organization"
        assert db.session.execute(text(whose)).all() == [("Casa", 7, 3)]
        kind = "SELECT kind FROM donor JOIN donor_link ON donor.id = donor_id"
        assert db.session.execute(text(kind)).all() == [("organization",)]
