"""The tables of an import: the file, the mapping, the batch, and what became of it, each a row of its own.

upload -> ``import_batch`` with its ``import_upload``; dry run -> ``import_check``; commit -> ``import_commit``;
undo -> ``import_undo``. What a batch changed is found through ``import_change``, what it made through tables of its
target (``arrival_party.batch_id``, ``imported_member``), so that an undo can put everything back.
"""

import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import keyring, seal
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

_ONE_OF = "\"into\" IN ('arrivals', 'members')"


class ImportFile(Base):
    """A file that was imported at least once, known by the SHA-256 of its bytes."""

    __tablename__ = "import_file"
    __table_args__ = (CheckConstraint("length(sha256) = 32", name="sha256_length"),)

    id: Mapped[int] = pk()
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=STAFF)


class ImportMapping(Base):
    """A mapping somebody saved under a name to use again: TOML, as ``mapping/rules.py`` reads it."""

    __tablename__ = "import_mapping"
    __table_args__ = (CheckConstraint(_ONE_OF, name="into"),)

    id: Mapped[int] = pk()
    name: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    into: Mapped[str] = mapped_column(Text, info=STAFF)
    body: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class ImportBatch(WithRid, Base):
    """One file on its way in. ``body`` is its own copy of the mapping; ``by_user_id`` is None on the command line.

    Its key seals the file's name, the file itself until it is committed, and the words of its findings.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint('"into" IS NULL OR ' + _ONE_OF, name="into"),
        Index("ix_import_batch_file_id", "file_id"),
        Index("ix_import_batch_at", "at"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), info=STAFF)
    into: Mapped[str | None] = mapped_column(Text, info=STAFF)
    body: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    rows: Mapped[int] = mapped_column(Integer, info=STAFF)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    name = Sealed("name_enc")

    __mapper_args__ = {"version_id_col": version}


class ImportUpload(Base):
    """The bytes of a file between upload and commit, sealed under the batch's key and gone afterwards."""

    __tablename__ = "import_upload"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=STAFF)
    content_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)


def _place(batch: ImportBatch) -> bytes:
    return b"import_upload.content_enc" + batch.rid


def seal_content(batch: ImportBatch, content: bytes) -> bytes:
    """The whole file in one piece: it is larger than what ``ground.seal`` takes as a text."""
    nonce = secrets.token_bytes(12)
    return nonce + keyring.current().cipher(batch.key_id).encrypt(nonce, content, _place(batch))


def open_content(batch: ImportBatch, blob: bytes) -> bytes:
    return keyring.current().cipher(batch.key_id).decrypt(blob[:12], blob[12:], _place(batch))


class ImportProgress(Base):
    """How far the running step is. ``trouble`` is the code of what stopped it, "" while nothing did."""

    __tablename__ = "import_progress"
    __table_args__ = (CheckConstraint("step IN ('check', 'commit', 'undo')", name="step"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=STAFF)
    step: Mapped[str] = mapped_column(Text, info=STAFF)
    done: Mapped[int] = mapped_column(Integer, info=STAFF)
    total: Mapped[int] = mapped_column(Integer, info=STAFF)
    trouble: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class ImportCheck(WithRid, Base):
    """The last dry run of a batch: a verdict for each row and the words to those that need one.

    ``verdicts`` holds one letter a row, in their order: c create, u update, s same, d duplicate?, e error.
    ``findings_enc`` is JSON under the batch's key: what was said of rows and of the values of columns.
    """

    __tablename__ = "import_check"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    verdicts: Mapped[str] = mapped_column(Text, info=STAFF)
    people: Mapped[int] = mapped_column(Integer, info=STAFF)
    findings_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)


class ImportCommit(Base):
    """The batch was written: by whom, when, and how many rows of each verdict."""

    __tablename__ = "import_commit"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    created: Mapped[int] = mapped_column(Integer, info=STAFF)
    updated: Mapped[int] = mapped_column(Integer, info=STAFF)
    left_out: Mapped[int] = mapped_column(Integer, info=STAFF)


class ImportUndo(Base):
    """The batch was taken back. ``kept`` counts the rows that had been worked on since and stayed."""

    __tablename__ = "import_undo"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    removed: Mapped[int] = mapped_column(Integer, info=STAFF)
    restored: Mapped[int] = mapped_column(Integer, info=STAFF)
    kept: Mapped[int] = mapped_column(Integer, info=STAFF)


class ImportChange(WithRid, Base):
    """What a row held before a batch changed it: column -> value, sealed under the batch's key."""

    __tablename__ = "import_change"
    __table_args__ = (
        CheckConstraint(_ONE_OF, name="into"),
        Index("ix_import_change_batch_id", "batch_id"),
    )

    id: Mapped[int] = pk()
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), info=STAFF)
    into: Mapped[str] = mapped_column(Text, info=STAFF)
    row_id: Mapped[int] = mapped_column(Integer, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)
    before_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)


def seal_json(batch: ImportBatch, table: str, column: str, rid: bytes, value: Any) -> bytes:
    """Codes, numbers and words of a batch as one sealed cell of `table`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return seal.seal(table, column, rid, batch.key_id, text)


def open_json(batch: ImportBatch, table: str, column: str, rid: bytes, blob: bytes | None) -> Any:
    text = seal.unseal(table, column, rid, batch.key_id, blob)
    return None if text is None else json.loads(text)
