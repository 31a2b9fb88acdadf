"""Every column says its privacy class, and what is sealed is really bytes under a key."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Column, LargeBinary, Table, Text

from mexile.ground.db import db
from mexile.ground.privacy import PUBLIC, SEALED, STAFF

CLASSES = {kind["privacy"] for kind in (PUBLIC, STAFF, SEALED)}
PERSONAL = re.compile(r"(^|_)(name|names|surname|surnames|email|phone|address|birth|alias|note|notes|story)($|_)")
pytestmark = pytest.mark.once
CLEAR_ON_PURPOSE = {
    "user_account": "staff know one another by name and mail",
    "passkey": "what people of the staff call their own devices",
    "organization": "the organization is public",
    "place": "courts and offices are public",
    "deadline_rule": "notes on the law, of no person",
    "judge": "judges hold a public office",
    "municipality": "municipalities of a public list",
    "funder": "foundations are public bodies",
    "import_mapping": "the name of a mapping, not of a person",
    "due_report": "the name of a report file",
    "report_edition": "the name of a report file",
}


def _columns() -> Iterator[tuple[Table, Column]]:
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            yield table, column


def test_every_column_says_its_privacy_class(app: Flask) -> None:
    silent = [
        f"{table.name}.{column.name}" for table, column in _columns() if column.info.get("privacy") not in CLASSES
    ]
    assert silent == []


def test_what_is_sealed_is_bytes_and_named_so(app: Flask) -> None:
    for table, column in _columns():
        is_named = column.name.endswith(("_enc", "_bidx"))
        assert (column.info["privacy"] == "sealed") == is_named, f"{table.name}.{column.name}"
        if is_named:
            assert isinstance(column.type, LargeBinary), f"{table.name}.{column.name}"


def test_a_table_with_sealed_columns_knows_its_row_and_its_key(app: Flask) -> None:
    for table in db.metadata.sorted_tables:
        if any(column.name.endswith("_enc") for column in table.columns):
            owners = [table, *(key.column.table for key in table.foreign_keys)]
            for part in ("rid", "key_id"):
                assert any(part in owner.columns for owner in owners), table.name


def test_no_column_that_sounds_personal_lies_in_the_clear(app: Flask) -> None:
    clear = [
        f"{table.name}.{column.name}"
        for table, column in _columns()
        if isinstance(column.type, Text) and PERSONAL.search(column.name) and table.name not in CLEAR_ON_PURPOSE
    ]
    assert clear == []
