"""Undoing a merge: both records are as they were before it."""

from sqlalchemy import Update, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem
from mexile.members.merge.actions import read_names_again
from mexile.members.merge.models import MemberMerge, MemberMergeUndo
from mexile.members.merge.queries import is_row, is_undone, merge_of
from mexile.members.merge.rules import UndoLog
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.removal.queries import standing_request

name_act("member.unmerge", "Undid a merge", "Deshizo una unión")


def undo_merge(*, viewer: Viewer, code: str, merge_id: int) -> None:
    """Both records are as they were before the merge. What was added to the kept one since stays with it.

    Raises Conflict, in words, when what the merge wrote was changed since: then nobody can tell any more
    which of the two a change was about.
    """
    kept = get_member(viewer, code)
    merge = merge_of(kept, merge_id)
    if is_undone(merge.id):
        raise Conflict(UNDONE)
    if standing_request(kept.id):
        raise Conflict(TO_BE_REMOVED)
    with seal.silent():
        text = merge.log
    if text is None or kept.version != merge.version:
        raise Conflict(CHANGED)
    try:
        log = UndoLog.from_json(text)
        with db.session.begin_nested():
            _back(kept, merge, log)
    except (IntegrityError, ValueError):
        raise Conflict(CHANGED) from None
    db.session.add(MemberMergeUndo(merge_id=merge.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    read_names_again(merge.member_id, merge.merged_id)
    merged = db.session.scalar(select(Member.code).where(Member.id == merge.merged_id)) or ""
    trail.record("member.unmerge", [code, merged], moved=len(log.moves))


def _back(kept: Member, merge: MemberMerge, log: UndoLog) -> None:
    tables = Member.metadata.tables
    for move in log.moves:
        table_name, _, column = move.column.partition(".")
        table = tables[table_name]
        names_kept = and_(is_row(table, move.key), table.c[column] == merge.member_id)
        _change_one(update(table).where(names_kept).values({column: merge.merged_id}))
    for removed in log.removed:
        db.session.execute(insert(tables[removed.table]).values(removed.row))
    for change in log.changed:
        table = tables[change.table]
        unchanged = [table.c[column] == after for column, (_, after) in change.values.items()]
        before = {column: was for column, (was, _) in change.values.items()}
        _change_one(update(table).where(is_row(table, change.key), *unchanged).values(before))
    for held in log.before:
        setattr(kept, held.column, held.value)
    db.session.flush()


def _change_one(statement: Update) -> None:
    if db.session.connection().execute(statement).rowcount != 1:
        raise Conflict(CHANGED)


UNDONE = Problem("", "This merge was undone already.", "Esta unión ya se deshizo.")


TO_BE_REMOVED = Problem(
    "",
    "This person asked to be removed. Call that off first.",
    "Esta persona pidió ser retirada. Cancélelo primero.",
)


CHANGED = Problem(
    "",
    "Something that came with the other record was changed since, so the two can't be told apart any more by "
    "themselves. Write the second person down anew and move what is theirs by hand.",
    "Algo de lo que vino con el otro registro cambió desde entonces y ya no se pueden separar solos. Registre de "
    "nuevo a la segunda persona y pase a mano lo que es suyo.",
)
