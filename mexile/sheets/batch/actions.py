"""Taking a sheet in: it is read and sealed before the transaction, and kept until it is committed or thrown away.

The steps of an import that take time, done by the worker: check, commit, undo. Progress is written as they go.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from mexile.access.viewer import Viewer
from mexile.ground import clock, keyring, organization, queue, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.sheets.batch.models import (
    ImportBatch,
    ImportCheck,
    ImportCommit,
    ImportFile,
    ImportMapping,
    ImportProgress,
    ImportUpload,
    open_content,
    seal_content,
    seal_json,
)
from mexile.sheets.batch.queries import viewer_of
from mexile.sheets.batch.rules import CHANGED
from mexile.sheets.commit.actions import commit_batch, seal_batch
from mexile.sheets.file.rules import Sheet, read_sheet
from mexile.sheets.mapping.rules import Mapping, parse_mapping, read_by, write_mapping
from mexile.sheets.undo.actions import undo_batch
from mexile.sheets.verdict.queries import judge
from mexile.sheets.verdict.rules import Judgement, findings

KEPT = timedelta(days=7)
"""How long a file waits that nobody commits."""
SWEEP = "members.import_sweep"


@dataclass(frozen=True)
class ReceivedFile:
    """A file that was read and sealed, and the batch it will be; nothing of it is in the database yet."""

    sheet: Sheet
    batch: ImportBatch
    content_enc: bytes


def receive(*, content: bytes, name: str, by: int | None, tab: str = "") -> ReceivedFile:
    """Read and seal a file, outside any transaction. Raises Invalid when it is no sheet."""
    sheet = read_sheet(content, tab)
    batch = ImportBatch(key_id=keyring.new_key(), name=name[-200:], rows=len(sheet.rows), by_user_id=by, at=clock.now())
    return ReceivedFile(sheet, batch, seal_content(batch, content))


def keep_upload(*, received: ReceivedFile) -> ImportBatch:
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
    saved = db.session.scalar(select(ImportMapping).where(ImportMapping.name == mapping.name))
    if saved is None:
        saved = ImportMapping(name=mapping.name)
        db.session.add(saved)
    of_any_file = mapping.saying(heading=0, separator="", consent="")
    saved.into, saved.body, saved.by_user_id, saved.at = mapping.into, write_mapping(of_any_file), by, clock.now()
    db.session.flush()
    trail.record("import.mapping", into=mapping.into, fields=sorted(mapping.columns))
    return saved


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


STEPS = {"check": "members.import_check", "commit": "members.import_commit", "undo": "members.import_undo"}
_EVERY = 0.7


def ask_for(*, batch: ImportBatch, step: str, viewer: Viewer, **decisions: Any) -> None:
    """Have the worker do a step. Inside `writing()`; asking again while it runs changes nothing."""
    running = db.session.get(ImportProgress, batch.id)
    if running is not None and running.step == step and not running.trouble and running.done < running.total:
        return
    if running is not None:
        db.session.delete(running)
        db.session.flush()
    now = clock.now()
    progress = ImportProgress(batch_id=batch.id, step=step, done=0, total=batch.rows, trouble="", at=now)
    db.session.add(progress)
    body = {"batch": batch.code, "by": viewer.user_id, "role": viewer.role, **decisions}
    queue.put(STEPS[step], f"{batch.code}/{step}/{now.timestamp()}", body)


class _Step:
    """One running step: the batch, who asked, and how far it is."""

    def __init__(self, body: dict[str, Any]):
        self.code = body["batch"]
        self.viewer = viewer_of(body["by"])
        trail.actor.set(trail.Actor(body["by"], body["role"]))
        self.batch = db.session.scalars(select(ImportBatch).where(ImportBatch.code == self.code)).one()
        self.batch_id = self.batch.id
        self._told = time.monotonic()

    def sheet(self) -> tuple[Sheet, Mapping]:
        blob = db.session.scalar(select(ImportUpload.content_enc).where(ImportUpload.batch_id == self.batch.id))
        if blob is None:
            raise Conflict(CHANGED)
        mapping = parse_mapping(self.batch.body)
        return read_by(mapping, open_content(self.batch, blob)), mapping

    def judged(self) -> tuple[Sheet, Judgement]:
        sheet, mapping = self.sheet()
        today = organization.today()
        return sheet, judge(self.viewer, sheet, mapping, today, self.tell)

    def tell(self, done: int, total: int) -> None:
        """Write how far it is, at most every 0.7 s; the last word is `finish`'s."""
        if time.monotonic() - self._told < _EVERY or done >= total:
            return
        with writing():
            progress = db.session.get(ImportProgress, self.batch.id)
            if progress is not None:
                progress.done, progress.total, progress.at = done, total, clock.now()
        self._told = time.monotonic()

    def finish(self, trouble: str = "") -> None:
        """The last word on this step, inside `writing()`."""
        progress = db.session.get(ImportProgress, self.batch.id)
        if progress is not None:
            progress.done, progress.trouble, progress.at = progress.total, trouble, clock.now()

    def fail(self, trouble: str) -> None:
        """The last word in a transaction of its own; `trouble` says what a person must mend."""
        with writing():
            self.finish(trouble)


def _step(kind: str) -> Callable[..., Any]:
    """Register a step. What a person must mend is written beside the batch; the rest is tried again."""

    def register(work: Callable[[_Step, dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
        @queue.handles(kind)
        def handle(body: dict[str, Any]) -> None:
            step = _Step(body)
            try:
                work(step, body)
            except Conflict:
                step.fail("changed")
            except Invalid:
                step.fail("invalid")

        return handle

    return register


@_step(STEPS["check"])
def _check(step: _Step, body: dict[str, Any]) -> None:
    sheet, judgement = step.judged()
    check = ImportCheck(
        batch_id=step.batch.id, at=clock.now(), verdicts="".join(judgement.verdicts), people=judgement.people
    )
    plain = findings(judgement, sheet.notes)
    check.findings_enc = seal_json(step.batch, "import_check", "findings_enc", check.rid, plain)
    with writing():
        if (earlier := db.session.get(ImportCheck, step.batch.id)) is not None:
            db.session.delete(earlier)
            db.session.flush()
        db.session.add(check)
        trail.record("import.check", step.code, rows=len(judgement.verdicts))
        step.finish()


@_step(STEPS["commit"])
def _commit(step: _Step, body: dict[str, Any]) -> None:
    if db.session.get(ImportCommit, step.batch_id) is not None:
        step.fail("")
        return
    _, judgement = step.judged()
    checked = db.session.scalar(select(ImportCheck.verdicts).where(ImportCheck.batch_id == step.batch.id))
    if judgement.reading.questions or "".join(judgement.verdicts) != checked:
        raise Conflict(CHANGED)
    ready = seal_batch(step.batch, judgement, take_doubtful=bool(body.get("take_doubtful")))
    version = step.batch.version
    with writing():
        # A job that ran into its lease is done by another worker as well: the second finds it done.
        if db.session.get(ImportCommit, step.batch_id) is None:
            batch = _unchanged(step.code, version)
            assigns = not step.viewer.sees_all_members
            commit_batch(batch=batch, ready=ready, by=step.viewer.user_id, assigns=assigns)
        step.finish()


def _unchanged(code: str, version: int) -> ImportBatch:
    batch = db.session.scalars(select(ImportBatch).where(ImportBatch.code == code)).one()
    if batch.version != version:
        raise Conflict(CHANGED)
    return batch


@_step(STEPS["undo"])
def _undo(step: _Step, body: dict[str, Any]) -> None:
    with writing():
        batch = db.session.scalars(select(ImportBatch).where(ImportBatch.code == step.code)).one()
        _, keys = undo_batch(batch=batch, by=step.viewer.user_id)
        step.finish()
    for key in keys:
        keyring.current().erase(key)


@queue.handles(SWEEP)
def _sweep(body: dict[str, Any]) -> None:
    """A file that nobody committed in a week goes."""
    with writing():
        batch = db.session.scalar(select(ImportBatch).where(ImportBatch.code == body["batch"]))
        if batch is None or db.session.get(ImportUpload, batch.id) is None:
            return
        if db.session.get(ImportCommit, batch.id) is not None:
            return
        key = discard_import(batch=batch)
    keyring.current().erase(key)


TROUBLES = {
    "changed": CHANGED,
    "invalid": Problem(
        "",
        "The sheet no longer fits its mapping. Look at the columns again.",
        "La hoja ya no concuerda con su plantilla. Revise las columnas.",
    ),
}
