"""Taking a batch back: what it made is removed, what it changed is put back, what was worked on since is kept."""

from base64 import b64decode
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from mexile.ground import clock, seal, trail
from mexile.ground.db import Base, db
from mexile.ground.errors import Conflict, Problem
from mexile.members.models.arrival import ArrivalParty
from mexile.members.models.assignment import Assignment
from mexile.members.models.consent import Consent
from mexile.members.models.contact import MemberContact
from mexile.members.models.household import HouseholdMembership
from mexile.members.models.import_batch import (
    ImportBatch,
    ImportChange,
    ImportCommit,
    ImportedMember,
    ImportUndo,
    open_json,
)
from mexile.members.models.member import Member


def undo_batch(*, batch: ImportBatch, by: int | None) -> tuple[ImportUndo, list[bytes]]:
    """Take a committed batch back. Returns the row that says so and the keys of the people removed,
    to be destroyed after the transaction.

    A member that anybody has edited, assigned, housed or served since stays, and is counted.
    """
    if db.session.get(ImportCommit, batch.id) is None:
        raise Conflict(NOT_COMMITTED)
    if db.session.get(ImportUndo, batch.id) is not None:
        raise Conflict(UNDONE)
    restored, kept = _restore(batch)
    removed = db.session.scalar(select(func.count()).select_from(ArrivalParty).where(ArrivalParty.batch_id == batch.id))
    db.session.execute(delete(ArrivalParty).where(ArrivalParty.batch_id == batch.id))
    keys, stayed = _remove_people(batch)
    made = ImportUndo(
        batch_id=batch.id,
        by_user_id=by,
        at=clock.now(),
        removed=(removed or 0) + len(keys),
        restored=restored,
        kept=kept + stayed,
    )
    db.session.add(made)
    db.session.flush()
    trail.record("import.undo", batch.code, removed=made.removed, restored=restored, kept=made.kept)
    return made, keys


NOT_COMMITTED = Problem("", "This sheet was not imported.", "Esta hoja no se importó.")
UNDONE = Problem("", "This import was undone already.", "Esta importación ya se deshizo.")


def _restore(batch: ImportBatch) -> tuple[int, int]:
    """Put back what the batch changed, unless it was changed again. Returns (restored, kept)."""
    restored = kept = 0
    with seal.silent():
        for change in db.session.scalars(select(ImportChange).where(ImportChange.batch_id == batch.id)):
            before = open_json(batch, "import_change", "before_enc", change.rid, change.before_enc)
            table: type[Member | ArrivalParty] = Member if change.into == "members" else ArrivalParty
            row = db.session.get(table, change.row_id)
            if row is None or (isinstance(row, Member) and row.version != change.version):
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


def _remove_people(batch: ImportBatch) -> tuple[list[bytes], int]:
    """Remove the members that the batch made and nobody touched. Returns (their keys, how many stay)."""
    keys, stayed = [], 0
    made = db.session.execute(
        select(ImportedMember, Member)
        .join(Member, Member.id == ImportedMember.member_id)
        .where(ImportedMember.batch_id == batch.id)
    ).all()
    for imported, member in made:
        if imported.version == member.version and _is_alone(batch, member) and _remove(imported, member):
            keys.append(member.key_id)
        else:
            stayed += 1
    return keys, stayed


def _is_alone(batch: ImportBatch, member: Member) -> bool:
    """Nobody but the import itself gave this member a companion or a household."""
    others = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .where(
            Assignment.member_id == member.id,
            (Assignment.user_id != batch.by_user_id) | Assignment.to_at.is_not(None),
        )
    )
    homes = db.session.scalar(
        select(func.count()).select_from(HouseholdMembership).where(HouseholdMembership.member_id == member.id)
    )
    return not others and not homes


def _remove(imported: ImportedMember, member: Member) -> bool:
    """Remove one member, unless another house holds on to it: the database knows all of them."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(ImportedMember).where(ImportedMember.id == imported.id))
            written = ImportCommit.batch_id == imported.batch_id
            own = MemberContact.at == select(ImportCommit.at).where(written).scalar_subquery()
            db.session.execute(delete(MemberContact).where(MemberContact.member_id == member.id, own))
            for table in (Consent, Assignment):
                db.session.execute(delete(table).where(table.member_id == member.id))
            db.session.execute(delete(Member).where(Member.id == member.id))
    except IntegrityError:
        return False
    db.session.expunge(imported)
    db.session.expunge(member)
    return True
