"""What hangs on a member, read from the tables themselves: merging and removing must reach every table,
also one that a house adds tomorrow. A test asks for a reason where one is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, LargeBinary, Table

from mexile.ground.db import TRIGGERS, Base

STAYS = {
    "member_closure": "whether the kept record is closed is its own state; the other's closure would close it",
    "member_pause": "whether the kept record is paused is its own state, like being closed",
    "member_merge": "the history of merges itself: a code leads on from record to record",
    "member_erasure": "a tombstone stands for the record that was removed",
    "erase_request": "asked for one record; while one stands nothing is merged",
    "export_member": "the register says under which code a person stood in a file; exports_with() follows merges",
}
"""Tables whose rows a merge leaves with the merged record, and why."""

MEMBERSHIP = "household_membership"
"""Re-pointed as the person who merges says, never unasked."""


@dataclass(frozen=True)
class Tie:
    """One column that names a member."""

    table: Table
    column: Column

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"


def ties() -> list[Tie]:
    """Every column with a foreign key to a member, whichever house it is of."""
    return [
        Tie(table, column)
        for _, table in sorted(Base.metadata.tables.items())
        for column in table.columns
        if any(key.column.table.name == "member" and key.column.name == "id" for key in column.foreign_keys)
    ]


def moving() -> list[Tie]:
    """The columns that a merge re-points by itself."""
    left = {*STAYS, *TRIGGERS, MEMBERSHIP}
    return [tie for tie in ties() if tie.table.name not in left]


def self_pairs() -> list[tuple[Table, tuple[Column, Column]]]:
    """The tables whose rows name two members: relations."""
    found: dict[str, list[Column]] = {}
    for tie in moving():
        found.setdefault(tie.table.name, []).append(tie.column)
    return [(columns[0].table, (columns[0], columns[1])) for columns in found.values() if len(columns) == 2]


def of_members_alone(table: Table) -> list[ColumnElement[bool]]:
    """The WHERE for rows that are about the two members themselves and not about a relative of theirs."""
    return [
        column.is_(None)
        for column in table.columns
        if any(key.column.table.name == "relative" for key in column.foreign_keys)
    ]


def sealed(table: Table) -> list[Column]:
    """The sealed columns of a table: ciphertexts and blind indexes."""
    return [column for column in table.columns if column.name.endswith(("_enc", "_bidx"))]


def keyed() -> Iterator[Table]:
    """The tables whose rows are sealed under a key they name."""
    for _, table in sorted(Base.metadata.tables.items()):
        if "key_id" in table.columns and sealed(table) and isinstance(table.c.key_id.type, LargeBinary):
            yield table
