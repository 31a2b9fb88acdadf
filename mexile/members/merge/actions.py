"""Merging two records of one person: the fields that were chosen, the households, and every row that names them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, KeyGone, Problem, Tampered
from mexile.members.household.models import HouseholdMembership
from mexile.members.merge.models import MemberMerge
from mexile.members.merge.queries import GROUPS, RELATIVES, are_relatives, is_row, open_households, other_record
from mexile.members.merge.rules import Changed, Held, Moved, Removed, UndoLog
from mexile.members.person.actions import STALE
from mexile.members.person.models import Member, Tie, moving, of_members_alone, sealed, self_pairs, tell_the_search
from mexile.members.person.queries import get_member

name_act("member.merge", "Merged two records", "Unió dos registros")


def merge_members(
    *,
    viewer: Viewer,
    code: str,
    other: str,
    versions: tuple[int, int],
    take: Mapping[str, str],
    households: str,
    sure: bool = False,
) -> MemberMerge:
    """Merge the record ``other`` into the record ``code``: they are one person.

    ``take``: field -> "kept" or "merged"; what isn't named stays as the kept record has it. ``households``:
    "kept" (those of ``other`` end today), "both", or "move" (those of ``code`` end today). Everything else
    that names ``other`` in any house names ``code`` from now on; sealed rows keep the key they are under.

    Raises Invalid when the other can't be merged, or when the two stand as relatives and nobody is ``sure``;
    Conflict when one of them was changed after ``versions`` were shown.
    """
    kept = get_member(viewer, code)
    merged, problem = other_record(viewer, kept, other)
    if merged is None:
        raise Invalid(problem or STALE)
    if (kept.version, merged.version) != versions:
        raise Conflict(STALE)
    if not sure and are_relatives(kept.id, merged.id):
        raise Invalid(RELATIVES)
    log = UndoLog()
    with seal.silent():
        _take_fields(kept, merged, take, log)
    _merge_households(kept.id, merged.id, households, log)
    stayed = _repoint_all(kept.id, merged.id, log)
    merge = MemberMerge(
        key_id=kept.key_id,
        member_id=kept.id,
        merged_id=merged.id,
        by_user_id=viewer.user_id,
        at=clock.now(),
        households=households,
        version=kept.version,
        moved=len(log.moves),
        stayed=stayed,
        log=log.to_json(),
    )
    db.session.add(merge)
    db.session.flush()
    read_names_again(kept.id, merged.id)
    taken = sorted(field for field, source in take.items() if source == "merged")
    trail.record("member.merge", [code, other], moved=merge.moved, stayed=stayed, fields=taken)
    return merge


# ---- the fields ----------------------------------------------------------------


def _take_fields(kept: Member, merged: Member, take: Mapping[str, str], log: UndoLog) -> None:
    """Write what was chosen from the merged record into the kept one, under the kept person's key."""
    columns = Member.__table__.columns
    for group in GROUPS:
        if take.get(group[0]) != "merged":
            continue
        for name in group:
            for column in (name, name + "_enc", name + "_bidx"):
                if column in columns:
                    log.before.append(Held(column, getattr(kept, column)))
            try:
                setattr(kept, name, getattr(merged, name))
            except (KeyGone, Tampered):
                raise Invalid(Problem(name, *seal.UNREADABLE)) from None
            if name + "_bidx" in columns:  # equal values have equal blind indexes, whoever's they are
                setattr(kept, name + "_bidx", getattr(merged, name + "_bidx"))
    db.session.flush()


# ---- the households ------------------------------------------------------------


def _merge_households(kept_id: int, merged_id: int, answer: str, log: UndoLog) -> None:
    today = organization.today()
    mine, theirs = open_households(kept_id), open_households(merged_id)
    if answer == "move" and theirs:
        for row in mine:
            if row.household_id not in {their.household_id for their in theirs}:
                _end(row, today, log)
    if answer == "kept":
        for row in theirs:
            if row.household_id not in {own.household_id for own in mine}:
                _end(row, today, log)
    table = HouseholdMembership.__table__
    tie = Tie(table, table.c.member_id)
    _repoint(tie, kept_id, merged_id, log)
    db.session.expire_all()


def _end(row: HouseholdMembership, today: date, log: UndoLog) -> None:
    """The person belongs to the household no longer."""
    row.to_on = max(today, row.from_on)
    log.changed.append(Changed(row.__tablename__, {"id": row.id}, {"to_on": (None, row.to_on)}))
    db.session.flush()


# ---- everything else -----------------------------------------------------------


def _repoint_all(kept_id: int, merged_id: int, log: UndoLog) -> int:
    """Re-point every row of every house. Returns how many had to stay with the merged record."""
    _part(kept_id, merged_id, log)
    return sum(_repoint(tie, kept_id, merged_id, log) for tie in moving())


def _part(kept_id: int, merged_id: int, log: UndoLog) -> None:
    """A row that names the two as relatives of one another would name one person twice: it goes,
    unless something hangs on it (that it ended), and then it says nothing any more."""
    for table, (first, second) in self_pairs():
        both = or_(and_(first == kept_id, second == merged_id), and_(first == merged_id, second == kept_id))
        for row in db.session.execute(select(table).where(both, *of_members_alone(table))).mappings().all():
            _try_to_remove(table, dict(row), log)


def _repoint(tie: Tie, kept_id: int, merged_id: int, log: UndoLog) -> int:
    """Re-point the rows of one column. Returns how many stayed."""
    table, column = tie.table, tie.column
    rows = db.session.execute(select(table).where(column == merged_id)).mappings().all()
    if not rows:
        return 0
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(column == merged_id).values({column.name: kept_id}))
    except IntegrityError:
        return sum(_repoint_one(tie, dict(row), kept_id, log) for row in rows)
    log.moves.extend(Moved(tie.name, _key(table, {**row, column.name: kept_id})) for row in rows)
    return 0


def _repoint_one(tie: Tie, row: dict[str, Any], kept_id: int, log: UndoLog) -> int:
    """One row where another of its kind is the kept person's already. A mere link is one too many and goes;
    what holds sealed words stays where it is, since both can't be shown and neither is thrown away."""
    table, column = tie.table, tie.column
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(is_row(table, row)).values({column.name: kept_id}))
    except IntegrityError:
        if row.get("role") in FIRST and _give_way(tie, row, kept_id, log):
            return _repoint_one(tie, row, kept_id, log)
        return 0 if not sealed(table) and _try_to_remove(table, row, log) else 1
    log.moves.append(Moved(tie.name, _key(table, {**row, column.name: kept_id})))
    return 0


FIRST = ("head", "lead")
"""Places that a household or a case can't be without: of two rows of one person this one stays."""


def _give_way(tie: Tie, row: dict[str, Any], kept_id: int, log: UndoLog) -> bool:
    """Take away the kept person's own lesser row of the same household or case. Returns whether there was one."""
    table = tie.table
    same = [
        column == row[column.name]
        for column in table.columns
        if column.foreign_keys and column is not tie.column and not column.name.endswith("user_id")
    ]
    twin = (
        db.session.execute(
            select(table).where(tie.column == kept_id, table.c.to_on.is_(None), table.c.role.not_in(FIRST), *same)
        )
        .mappings()
        .first()
    )
    return twin is not None and _try_to_remove(table, dict(twin), log)


def _try_to_remove(table: Table, row: dict[str, Any], log: UndoLog) -> bool:
    """Take a row away, unless another holds on to it: the database knows all of them."""
    try:
        with db.session.begin_nested():
            _remove_row(table, row, log)
    except IntegrityError:
        log.removed.pop()
        return False
    return True


def _remove_row(table: Table, row: Mapping[str, Any], log: UndoLog) -> None:
    log.removed.append(Removed(table.name, dict(row)))
    db.session.execute(delete(table).where(is_row(table, row)))


def _key(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in table.primary_key.columns}


def read_names_again(*ids: int) -> None:
    """The names that are kept in memory for the search are read again for these members."""
    for id in ids:
        tell_the_search(db.session.connection(), id)
    db.session.expire_all()
