"""Imports as people see them: the list, one batch and where it stands, the verdicts on its rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select, true

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import people
from mexile.access.policy import register_scope
from mexile.access.roles import DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground import belonging
from mexile.ground.db import db
from mexile.ground.errors import NotHere, Problem
from mexile.ground.text import number_sent
from mexile.sheets.batch.models import (
    ImportBatch,
    ImportCheck,
    ImportCommit,
    ImportMapping,
    ImportProgress,
    ImportUndo,
    ImportUpload,
    open_content,
    open_json,
)
from mexile.sheets.mapping.rules import Mapping, parse_mapping
from mexile.sheets.verdict.rules import LETTERS, numbers_of

PAGE = 50


def command_line() -> Viewer:
    """Who stands at the machine's own keyboard: no person of the staff, and nobody is hidden from them."""
    return Viewer(0, "", "", "en", frozenset({DIRECTOR}))


def viewer_of(user_id: int, language: str = "en") -> Viewer:
    """A person of the staff with the roles that count now, for work that goes on without a request."""
    colleague = next((person for person in people(None) if person.id == user_id and not person.has_ended), None)
    if colleague is None:
        raise NotHere(str(user_id))
    return Viewer(colleague.id, colleague.code, colleague.name, language, frozenset(colleague.roles))


def visible_batches(viewer: Viewer) -> ColumnElement[bool]:
    """Whoever sees every member sees every import; the others see their own: a batch quotes its sheet."""
    return true() if viewer.sees_all_members else ImportBatch.by_user_id == viewer.user_id


register_scope("import", visible_batches)


@dataclass(frozen=True)
class BatchLine:
    """One import in the list. `state`: waiting, checked, done, undone, discarded."""

    code: str
    at: datetime
    into: str | None
    rows: int
    by: str | None
    created: int | None
    updated: int | None
    state: str


_lines = (
    select(
        ImportBatch.id,
        ImportBatch.code,
        ImportBatch.at,
        ImportBatch.into,
        ImportBatch.rows,
        UserAccount.name.label("by"),
        ImportCommit.created,
        ImportCommit.updated,
        ImportUndo.batch_id.label("undone"),
        ImportCheck.batch_id.label("checked"),
        ImportUpload.batch_id.label("held"),
    )
    .outerjoin(UserAccount, UserAccount.id == ImportBatch.by_user_id)
    .outerjoin(ImportCommit, ImportCommit.batch_id == ImportBatch.id)
    .outerjoin(ImportUndo, ImportUndo.batch_id == ImportBatch.id)
    .outerjoin(ImportCheck, ImportCheck.batch_id == ImportBatch.id)
    .outerjoin(ImportUpload, ImportUpload.batch_id == ImportBatch.id)
)


def imports(viewer: Viewer, before: str | None = None) -> tuple[list[BatchLine], str | None]:
    """A page of imports, the newest first, and the code where the next page begins."""
    query = _lines.where(visible_batches(viewer))
    if (number := number_sent((before or "").removeprefix("I-"))) is not None:
        query = query.where(ImportBatch.id < number)
    rows = db.session.execute(query.order_by(ImportBatch.id.desc()).limit(PAGE + 1)).all()
    lines = [
        BatchLine(row.code, row.at, row.into, row.rows, row.by, row.created, row.updated, _state(row))
        for row in rows[:PAGE]
    ]
    return lines, lines[-1].code if len(rows) > PAGE else None


def _state(row: Any) -> str:
    if row.undone is not None:
        return "undone"
    if row.created is not None:
        return "done"
    if row.held is None:
        return "discarded"
    return "checked" if row.checked is not None else "waiting"


def get_batch(viewer: Viewer, code: str) -> ImportBatch:
    """The batch with this code, or NotHere."""
    batch = db.session.scalar(select(ImportBatch).where(ImportBatch.code == code, visible_batches(viewer)))
    if batch is None:
        raise NotHere(code)
    return batch


@dataclass(frozen=True)
class BatchState:
    """Where a batch stands: each part is None until it is there."""

    batch: ImportBatch
    progress: ImportProgress | None
    check: ImportCheck | None
    commit: ImportCommit | None
    undo: ImportUndo | None
    is_held: bool
    earlier: str | None

    @property
    def is_running(self) -> bool:
        running = self.progress
        return running is not None and not running.trouble and running.done < running.total


def batch_state(viewer: Viewer, code: str) -> BatchState:
    """One batch and everything that says where it stands, in two queries."""
    row = db.session.execute(
        select(ImportBatch, ImportProgress, ImportCheck, ImportCommit, ImportUndo, ImportUpload.batch_id)
        .outerjoin(ImportProgress, ImportProgress.batch_id == ImportBatch.id)
        .outerjoin(ImportCheck, ImportCheck.batch_id == ImportBatch.id)
        .outerjoin(ImportCommit, ImportCommit.batch_id == ImportBatch.id)
        .outerjoin(ImportUndo, ImportUndo.batch_id == ImportBatch.id)
        .outerjoin(ImportUpload, ImportUpload.batch_id == ImportBatch.id)
        .where(ImportBatch.code == code, visible_batches(viewer))
    ).first()
    if row is None:
        raise NotHere(code)
    batch, progress, check, commit, undo, upload = row
    return BatchState(batch, progress, check, commit, undo, upload is not None, _earlier(batch))


def _earlier(batch: ImportBatch) -> str | None:
    """The last committed import of the same file that still stands."""
    return db.session.scalar(
        select(ImportBatch.code)
        .join(ImportCommit, ImportCommit.batch_id == ImportBatch.id)
        .outerjoin(ImportUndo, ImportUndo.batch_id == ImportBatch.id)
        .where(
            ImportBatch.file_id == batch.file_id,
            ImportBatch.id != batch.id,
            ImportUndo.batch_id.is_(None),
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )


def content_of(batch: ImportBatch) -> bytes:
    """The file of a batch that still holds it."""
    blob = db.session.scalar(select(ImportUpload.content_enc).where(ImportUpload.batch_id == batch.id))
    if blob is None:
        raise NotHere(batch.code)
    return open_content(batch, blob)


def mapping_of(batch: ImportBatch) -> Mapping | None:
    return parse_mapping(batch.body) if batch.body else None


def saved_mappings(viewer: Viewer) -> list[ImportMapping]:
    """The mappings to choose from, by name."""
    return list(db.session.scalars(select(ImportMapping).order_by(ImportMapping.name)))


# ---- the dry run ---------------------------------------------------------------------


@dataclass(frozen=True)
class DryRun:
    """What the dry run found: counts by verdict, notes, questions, words not understood."""

    counts: dict[str, int]
    people: int
    notes: list[Problem]
    questions: list[Problem]
    words: dict[str, dict[str, Any]]
    letters: str
    numbers: list[int]
    told: dict[int, list[Problem]]
    untold: int


FORGOTTEN: dict[str, Any] = {"notes": [], "questions": [], "words": {}, "numbers": [], "told": [], "untold": 0}
"""What is left of the findings after somebody of the sheet was removed at their request."""


def dry_run(batch: ImportBatch, check: ImportCheck) -> DryRun:
    """The findings of a check, opened."""
    plain = open_json(batch, "import_check", "findings_enc", check.rid, check.findings_enc) or FORGOTTEN
    counts = Counter(check.verdicts)
    return DryRun(
        {word: counts.get(letter, 0) for letter, word in LETTERS.items()},
        check.people,
        [Problem(*words) for words in plain["notes"]],
        [Problem(*words) for words in plain["questions"]],
        plain["words"],
        check.verdicts,
        numbers_of(plain["numbers"]),
        {number: [Problem(*problem) for problem in words] for number, words in plain["told"]},
        plain["untold"],
    )


@dataclass(frozen=True)
class Verdict:
    """The verdict on one row, in a word, with what there is to say."""

    number: int
    verdict: str
    words: list[Problem]


def told(run: DryRun, most: int) -> list[Verdict]:
    """The first rows of which there is something to say, each with its reasons."""
    letters = zip(run.numbers, run.letters, strict=True)
    return [Verdict(number, LETTERS[letter], run.told[number]) for number, letter in letters if number in run.told][
        :most
    ]


def verdicts(run: DryRun, only: str | None, after: int) -> tuple[list[Verdict], int | None]:
    """A page of verdicts from the row after `after`, and the row after which the next page begins."""
    rows = [
        Verdict(number, LETTERS[letter], run.told.get(number, []))
        for number, letter in zip(run.numbers, run.letters, strict=True)
        if number > after and (only is None or LETTERS[letter] == only)
    ][: PAGE + 1]
    return rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None


# The key of a file that was thrown away went with it.
belonging.destroyed_keys.fill(lambda: select(ImportBatch.key_id).where(ImportBatch.name_enc.is_(None)))


def missing() -> list[Problem]:
    """No sheet was taken in yet that still stands."""
    standing = exists().where(ImportCommit.batch_id.not_in(select(ImportUndo.batch_id)))
    return [] if db.session.scalar(select(standing)) else [NO_SHEET]


NO_SHEET = Problem(
    "sheet",
    "No sheet of yours was taken in yet.",
    "Todavía no se ha importado ninguna hoja suya.",
)
