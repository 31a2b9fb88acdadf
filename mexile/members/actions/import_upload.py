"""Taking a sheet in: it is read and sealed before the transaction, and kept until it is committed or thrown away."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from mexile.ground import clock, keyring, queue, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem
from mexile.members.models.import_batch import (
    ImportBatch,
    ImportCheck,
    ImportCommit,
    ImportFile,
    ImportMapping,
    ImportProgress,
    ImportUpload,
    seal_content,
)
from mexile.members.rules.mapping import Mapping, write_mapping
from mexile.members.rules.sheet import Sheet, read_sheet

KEPT = timedelta(days=7)
"""How long a file waits that nobody commits."""
SWEEP = "members.import_sweep"


@dataclass(frozen=True)
class Received:
    """A file that was read and sealed, and the batch it will be; nothing of it is in the database yet."""

    sheet: Sheet
    batch: ImportBatch
    content_enc: bytes


def receive(*, content: bytes, name: str, by: int | None, tab: str = "") -> Received:
    """Read and seal a file, outside any transaction. Raises Invalid when it is no sheet."""
    sheet = read_sheet(content, tab)
    batch = ImportBatch(key_id=keyring.new_key(), name=name[-200:], rows=len(sheet.rows), by_user_id=by, at=clock.now())
    return Received(sheet, batch, seal_content(batch, content))


def keep_upload(*, received: Received) -> ImportBatch:
    """Keep the file until somebody decides; its batch gets its code."""
    batch = enter_batch(batch=received.batch, sha256=received.sheet.sha256)
    db.session.add(ImportUpload(batch_id=batch.id, content_enc=received.content_enc))
    db.session.flush()
    queue.put(SWEEP, batch.code, {"batch": batch.code}, run_at=clock.now() + KEPT)
    trail.record("import.upload", batch.code, rows=batch.rows)
    return batch


def enter_batch(*, batch: ImportBatch, sha256: bytes) -> ImportBatch:
    """Give a new batch its code and its file."""
    file = db.session.scalar(select(ImportFile).where(ImportFile.sha256 == sha256))
    if file is None:
        file = ImportFile(sha256=sha256)
        db.session.add(file)
        db.session.flush()
    batch.file_id = file.id
    batch.code = next_code("I", ImportBatch.code)
    db.session.add(batch)
    db.session.flush()
    return batch


def choose_mapping(*, batch: ImportBatch, mapping: Mapping, rows: int | None = None) -> None:
    """The batch is read by this mapping from now on, as so many rows; a dry run made with another is gone."""
    batch.into, batch.body = mapping.into, write_mapping(mapping)
    batch.rows = batch.rows if rows is None else rows
    db.session.execute(delete(ImportCheck).where(ImportCheck.batch_id == batch.id))
    db.session.execute(delete(ImportProgress).where(ImportProgress.batch_id == batch.id))
    db.session.flush()


def save_mapping(*, mapping: Mapping, by: int | None) -> ImportMapping:
    """Keep a mapping under its name, to be chosen again; the same name again replaces it. Where the table stood in
    this one file, and who consented when, is not kept."""
    held = db.session.scalar(select(ImportMapping).where(ImportMapping.name == mapping.name))
    if held is None:
        held = ImportMapping(name=mapping.name)
        db.session.add(held)
    of_any_file = mapping.saying(heading=0, separator="", consent="")
    held.into, held.body, held.by_user_id, held.at = mapping.into, write_mapping(of_any_file), by, clock.now()
    db.session.flush()
    trail.record("import.mapping", into=mapping.into, fields=sorted(mapping.columns))
    return held


def discard_import(*, batch: ImportBatch) -> bytes:
    """Throw away the file of a batch that was never committed; that it came in stays in the list.
    Returns the batch's key, to be destroyed after the transaction."""
    if db.session.get(ImportCommit, batch.id) is not None:
        raise Conflict(COMMITTED)
    for table in (ImportCheck, ImportProgress, ImportUpload):
        db.session.execute(delete(table).where(table.batch_id == batch.id))
    batch.name_enc = None
    db.session.flush()
    trail.record("import.discard", batch.code)
    return batch.key_id


COMMITTED = Problem(
    "",
    "This sheet was imported already. It can be undone, not thrown away.",
    "Esta hoja ya se importó. Se puede deshacer, no descartar.",
)
