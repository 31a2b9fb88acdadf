"""Writing a batch. Everything is read, judged and sealed before; the transaction only writes, for seconds at most."""

import secrets
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert

from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict
from mexile.sheets.batch.models import ImportBatch, ImportChange, ImportCommit, ImportUpload, seal_json
from mexile.sheets.batch.rules import ALREADY
from mexile.sheets.target.rules import TARGETS, Target
from mexile.sheets.verdict.rules import CREATE, DOUBTFUL, SAME, UPDATE, Judgement


@dataclass(frozen=True)
class JudgedBatch:
    """A judged batch, sealed and ready: what its target will write, and how many rows of each kind."""

    target: Target
    rows: Any
    created: int
    updated: int
    left_out: int


def seal_batch(batch: ImportBatch, judgement: Judgement, *, take_doubtful: bool = False) -> JudgedBatch:
    """Seal what the batch will write, outside any transaction.

    `take_doubtful`: rows that may be somebody we know come in as new people.
    """
    target = TARGETS[judgement.into]
    rows = judgement.rows(*((CREATE, DOUBTFUL) if take_doubtful else (CREATE,)))
    changes = [(row, judgement.targets[row.number]) for row in judgement.rows(UPDATE)]
    left_out = len(judgement.verdicts) - len(rows) - len(changes) - judgement.count(SAME)
    return JudgedBatch(target, target.seal(batch, rows, changes), len(rows), len(changes), left_out)


def commit_batch(*, batch: ImportBatch, ready: JudgedBatch, by: int | None, assigns: bool = False) -> ImportCommit:
    """Write a sealed batch: one row of the trail, one row that says it was committed.

    `assigns`: who imports doesn't see everybody, and is assigned to the people of this sheet from now on.
    Raises Conflict when something it relied on was changed since it was judged.
    """
    if db.session.get(ImportCommit, batch.id) is not None:
        raise Conflict(ALREADY)
    at = clock.now()
    ready.target.write(batch, ready.rows, by, at, assigns)
    counts: dict[str, Any] = {"created": ready.created, "updated": ready.updated, "left_out": ready.left_out}
    commit = ImportCommit(batch_id=batch.id, by_user_id=by, at=at, **counts)
    db.session.add(commit)
    db.session.execute(delete(ImportUpload).where(ImportUpload.batch_id == batch.id))
    db.session.flush()
    trail.record("import.commit", batch.code, into=ready.target.name, **counts)
    return commit


def keep_before(batch: ImportBatch, into: str, changes: Iterable[tuple[int, int, dict[str, Any]]]) -> None:
    """What rows held before the batch changed them, for the undo: (id, version, column -> value)."""
    rows = [_change(batch, into, id, version, before) for id, version, before in changes]
    if rows:
        db.session.execute(insert(ImportChange), rows)


def _change(batch: ImportBatch, into: str, row_id: int, version: int, before: dict[str, Any]) -> dict[str, Any]:
    rid = secrets.token_bytes(16)
    kept = {column: _kept(value) for column, value in before.items()}
    sealed = seal_json(batch, "import_change", "before_enc", rid, kept)
    ids = {"rid": rid, "batch_id": batch.id, "row_id": row_id}
    return {**ids, "into": into, "version": version, "before_enc": sealed}


def _kept(value: Any) -> Any:
    """A column's value as JSON keeps it; bytes are already sealed under the person's own key."""
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    return value.isoformat() if hasattr(value, "isoformat") else value
