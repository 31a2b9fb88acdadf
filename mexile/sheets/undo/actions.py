"""Taking a batch back: what it made is removed, what it changed is put back, what was worked on since is kept."""

from base64 import b64decode
from datetime import date
from typing import Any

from sqlalchemy import select

from mexile.ground import clock, seal, trail
from mexile.ground.db import Base, db
from mexile.ground.errors import Conflict
from mexile.sheets.batch.models import ImportBatch, ImportChange, ImportCommit, ImportUndo, open_json
from mexile.sheets.batch.rules import NOT_COMMITTED, UNDONE
from mexile.sheets.target.rules import TARGETS


def undo_batch(*, batch: ImportBatch, by: int | None) -> tuple[ImportUndo, tuple[bytes, ...]]:
    """Take a committed batch back. Returns the row that says so and the keys of the people removed,
    to be destroyed after the transaction.

    What anybody has worked on since stays, and is counted.
    """
    if db.session.get(ImportCommit, batch.id) is None:
        raise Conflict(NOT_COMMITTED)
    if db.session.get(ImportUndo, batch.id) is not None:
        raise Conflict(UNDONE)
    restored, kept = _restore(batch)
    removed = TARGETS[batch.into or ""].remove(batch)
    counts: dict[str, Any] = {"removed": removed.count, "restored": restored, "kept": kept + removed.stayed}
    undo = ImportUndo(batch_id=batch.id, by_user_id=by, at=clock.now(), **counts)
    db.session.add(undo)
    db.session.flush()
    trail.record("import.undo", batch.code, **counts)
    return undo, removed.keys


def _restore(batch: ImportBatch) -> tuple[int, int]:
    """Put back what the batch changed, unless it was changed again. Returns (restored, kept)."""
    restored = kept = 0
    with seal.silent():
        for change in db.session.scalars(select(ImportChange).where(ImportChange.batch_id == batch.id)):
            before = open_json(batch, "import_change", "before_enc", change.rid, change.before_enc)
            table = TARGETS[change.into].table
            row = db.session.get(table, change.row_id)
            if row is None or getattr(row, "version", change.version) != change.version:
                kept += 1
                continue
            for column, value in before.items():
                setattr(row, column, _value(table, column, value))
            restored += 1
    db.session.flush()
    return restored, kept


def _value(table: type[Base], column: str, kept: Any) -> Any:
    if isinstance(kept, dict):
        return b64decode(kept["bytes"])
    is_day = kept is not None and table.__table__.columns[column].type.python_type is date
    return date.fromisoformat(kept) if is_day else kept
