"""The table ``member``: one accompanied person, and every column of any table that names one.

Those columns are read from the tables themselves: merging and removing must reach every table, also one that a
house adds tomorrow. A test asks for a reason where one is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    event,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from mexile.ground.db import TRIGGERS, Base, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

# What the search in memory is built from: a change in one of these moves the row to the end of the sequence.
SEARCHED_COLUMNS = (
    "code",
    "alias_enc",
    "legal_name_enc",
    "surnames_enc",
    "preferred_name_enc",
    "phone_enc",
)


class Member(WithRid, Base):
    """A person we accompany, known by a code and an alias before anything else.

    ``legal_name`` is the whole name in its natural order ("Ana María Reyes Luna"); ``surnames`` says which
    words at its end are surnames, where somebody told us. ``birth_year`` is clear, since reports count ages;
    the day itself is sealed.
    """

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1890 AND 2100", name="birth_year"),
        CheckConstraint("nationality IS NULL OR length(nationality) = 2", name="nationality"),
        CheckConstraint("language IS NULL OR length(language) = 3", name="language"),
        Index("ix_member_phone_bidx", "phone_bidx"),
        Index("ix_member_name_seq", "name_seq"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)

    alias_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    legal_name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    surnames_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    preferred_name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    birth_date_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    phone_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(40), info=SEALED)
    email_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    address_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    safe_note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    birth_year: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    pronoun: Mapped[str | None] = mapped_column(Text, info=STAFF)
    gender: Mapped[str | None] = mapped_column(Text, info=STAFF)
    nationality: Mapped[str | None] = mapped_column(Text, info=STAFF)
    origin_state: Mapped[str | None] = mapped_column(Text, info=STAFF)
    language: Mapped[str | None] = mapped_column(Text, info=STAFF)
    profile: Mapped[str | None] = mapped_column(Text, info=STAFF)
    safe_contact: Mapped[str | None] = mapped_column(Text, info=STAFF)
    arrived_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    joined_on: Mapped[date] = mapped_column(Date, info=STAFF)
    name_seq: Mapped[int] = mapped_column(Integer, default=0, server_default="0", info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    alias = Sealed("alias_enc")
    legal_name = Sealed("legal_name_enc")
    surnames = Sealed("surnames_enc")
    preferred_name = Sealed("preferred_name_enc")
    birth_date = Sealed("birth_date_enc")
    phone = Sealed("phone_enc")
    email = Sealed("email_enc")
    address = Sealed("address_enc")
    safe_note = Sealed("safe_note_enc")

    __mapper_args__ = {"version_id_col": version}


next_name_seq = select(func.coalesce(func.max(Member.name_seq), 0) + 1)


@event.listens_for(Member, "before_insert")
def _enter_sequence(_mapper: Mapper[Member], connection: Connection, member: Member) -> None:
    """A new row stands at the end of the sequence that the search in memory follows."""
    member.name_seq = connection.scalar(next_name_seq) or 1


@event.listens_for(Member, "before_update")
def _move_in_sequence(_mapper: Mapper[Member], connection: Connection, member: Member) -> None:
    """A changed name moves its row to the end, so that every process finds the change."""
    state = inspect(member)
    if any(state.attrs[column].history.has_changes() for column in SEARCHED_COLUMNS):
        member.name_seq = connection.scalar(next_name_seq) or 1


def tell_the_search(connection: Connection, member_id: int | None) -> None:
    """What the search in memory holds of a member changed in another table: move the row to the end of the
    sequence, and every process reads it again."""
    moved = update(Member).where(Member.id == member_id).values(name_seq=next_name_seq.scalar_subquery())
    connection.execute(moved)


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
    columns_by_table: dict[str, list[Column]] = {}
    for tie in moving():
        columns_by_table.setdefault(tie.table.name, []).append(tie.column)
    return [(columns[0].table, (columns[0], columns[1])) for columns in columns_by_table.values() if len(columns) == 2]


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
