"""Carrying out a removal: rows emptied, keys destroyed, files taken away.

What identifies the person or tells their story is under keys of their own. Destroying those makes every copy
of it unreadable, also in a backup restored next year; the rows are emptied as well, so that nothing is left
to open. What reports count stays: the removed person was served, once. Last goes what other houses keep of
them outside the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, case, delete, false, func, literal, not_, or_, select, update

from mexile.access.rules import name_act
from mexile.access.session.models import Draft
from mexile.ground import clock, keyring, organization, queue, seal, trail
from mexile.ground.db import TRIGGERS, db, writing
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.hook import Hook
from mexile.members.assignment.models import Assignment
from mexile.members.detail.models import MemberName
from mexile.members.household.models import HouseholdMembership
from mexile.members.person.models import Member, keyed, sealed, tell_the_search, ties
from mexile.members.removal.models import EraseCancellation, EraseConfirmation, EraseRequest, MemberErasure
from mexile.members.removal.queries import standing_holds
from mexile.members.removal.rights import same_person
from mexile.members.removal.rules import names_somebody, says_name, typed_values
from mexile.members.sheet.models import ImportedMember
from mexile.sheets.batch.models import ImportChange, ImportCheck

name_act("member.erase", "Removed at their request", "Retirado a petición suya")


HELD_UP = 6 * 3600


@queue.handles("erase")
def erase(job: dict[str, Any]) -> None:
    """Remove a person whose time has come. Cut off anywhere, it begins again and comes to the same end:
    rows first, in one transaction; then the keys; then the files; then it says so."""
    request_id = job["request"]
    with writing():
        wait = _erase_rows(request_id)
    if wait:
        raise queue.JobLater(wait)
    ids = list(db.session.scalars(select(MemberErasure.member_id).where(MemberErasure.request_id == request_id)))
    if not ids:
        return
    keys = keys_of(ids)
    db.session.rollback()
    for key_id in keys:
        keyring.current().erase(key_id)
    tell_erased(ids)
    with writing():
        open_ones = update(MemberErasure).where(MemberErasure.request_id == request_id, MemberErasure.done_at.is_(None))
        db.session.execute(open_ones.values(done_at=clock.now()))


def _erase_rows(request_id: int) -> int:
    """Empty what is sealed and set the tombstone, once. Returns the seconds to wait when it may not be yet."""
    asked = db.session.get(EraseRequest, request_id)
    confirmed = db.session.get(EraseConfirmation, request_id)
    if asked is None or confirmed is None or db.session.get(EraseCancellation, request_id) is not None:
        return 0
    if db.session.scalar(select(MemberErasure.member_id).where(MemberErasure.request_id == request_id).limit(1)):
        return 0
    if confirmed.due_at > clock.now():
        return int((confirmed.due_at - clock.now()).total_seconds()) + 1
    if standing_holds(asked.member_id):
        return HELD_UP
    ids = same_person(asked.member_id)
    codes = list(db.session.scalars(select(Member.code).where(Member.id.in_(ids)).order_by(Member.id)))
    keys, names = keys_of(ids), _names(ids)
    cells = sum(_empty(table, ids, keys) for table in _tables_with_cells())
    _end_relations(ids)
    _forget_elsewhere(ids, codes, names)
    for id in ids:
        db.session.add(MemberErasure(member_id=id, request_id=request_id, at=clock.now(), keys=len(keys), cells=cells))
        db.session.flush()
        tell_the_search(db.session.connection(), id)
    trail.record("member.erase", codes, keys=len(keys), cells=cells)
    return 0


def keys_of(ids: Iterable[int]) -> list[bytes]:
    """The keys that die with the person: those of their records, and every key under which only rows about
    them are sealed. A key that any other row uses too is not among them: there the cell is emptied."""
    ids = list(ids)
    own = set(db.session.scalars(select(Member.key_id).where(Member.id.in_(ids))))
    held: set[bytes] = set()
    for table in keyed():
        held |= set(db.session.scalars(select(table.c.key_id).where(_about(table, ids), table.c.key_id.is_not(None))))
    doubtful = held - own
    for table in keyed() if doubtful else ():
        elsewhere = select(table.c.key_id).where(table.c.key_id.in_(doubtful), not_(_about(table, ids)))
        doubtful -= set(db.session.scalars(elsewhere))
    return sorted(own | doubtful)


def _columns(table: Table) -> list[Any]:
    return [tie.column for tie in ties() if tie.table is table]


def _about(table: Table, ids: list[int]) -> ColumnElement[bool]:
    """The WHERE for the rows of a table that are about these records."""
    if table.name == "member":
        return table.c.id.in_(ids)
    return or_(false(), *(column.in_(ids) for column in _columns(table)))


def _tables_with_cells() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if sealed(table) and table.name not in TRIGGERS]


def _empty(table: Table, ids: list[int], keys: list[bytes]) -> int:
    """Empty every sealed cell of the person's rows, and of all others that are under their keys.
    Where a cell must hold something it holds nothing that can be read. Returns how many cells."""
    mine = _about(table, ids)
    if "key_id" in table.columns:
        mine = or_(mine, table.c.key_id.in_(keys))
    cells = sealed(table)
    filled = [func.coalesce(func.sum(case((column.is_not(None), 1), else_=0)), 0) for column in cells]
    count = sum(db.session.execute(select(*filled).where(mine)).one())
    if count:
        values = {column.name: None if column.nullable else literal(b"") for column in cells}
        db.session.execute(update(table).where(mine).values(values), execution_options={"synchronize_session": False})
    return count


def _end_relations(ids: list[int]) -> None:
    """Nobody is assigned to the person from now on, and no household counts them among its people today."""
    now, today = clock.now(), organization.today()
    open_ones = update(Assignment).where(Assignment.member_id.in_(ids), Assignment.to_at.is_(None))
    db.session.execute(open_ones.values(to_at=now, reason_to="erased"))
    homes = HouseholdMembership
    open_homes = update(homes).where(homes.member_id.in_(ids), homes.to_on.is_(None))
    until = case((homes.from_on > today, homes.from_on), else_=today)
    db.session.execute(open_homes.values(to_on=until), execution_options={"synchronize_session": False})


def _forget_elsewhere(ids: list[int], codes: list[str], names: set[str]) -> None:
    """What speaks of the person without naming them by a key: what is being typed about them, mails that wait,
    what an import kept to take itself back, the words of its findings."""
    _forget_drafts({*codes, *_codes_about(ids)}, names)
    waiting = db.session.execute(
        select(queue.Job.id, queue.Job.body).where(queue.Job.state == "waiting", queue.Job.kind != "erase")
    ).all()
    spoken = [id for id, body in waiting if names_somebody(body, ids, codes)]
    db.session.execute(delete(queue.Job).where(queue.Job.id.in_(spoken)))
    db.session.execute(delete(ImportChange).where(ImportChange.into == "members", ImportChange.row_id.in_(ids)))
    batches = select(ImportedMember.batch_id).where(ImportedMember.member_id.in_(ids))
    db.session.execute(
        update(ImportCheck).where(ImportCheck.batch_id.in_(batches)).values(findings_enc=None),
        execution_options={"synchronize_session": False},
    )


def _codes_about(ids: list[int]) -> set[str]:
    """The public codes of what is about the person alone, in every house: their inquiry, their cases, their
    relatives. What others share, such as a hearing of two people, has colleagues who are still writing."""
    codes: set[str] = set()
    for table in {tie.table for tie in ties() if "code" in tie.table.columns}:
        codes |= set(db.session.scalars(select(table.c.code).where(_about(table, ids))))
    return codes - {None}


def _names(ids: list[int]) -> set[str]:
    """What the person is called, while it can still be read: the whole name, the name we use with the surnames,
    the alias, other names. A first name alone is of many."""
    names: set[str | None] = set()
    for member in db.session.scalars(select(Member).where(Member.id.in_(ids))):
        preferred, surnames = seal.looked_at(member, "preferred_name"), seal.looked_at(member, "surnames")
        called = f"{preferred} {surnames}" if preferred and surnames else None
        names |= {seal.looked_at(member, "legal_name"), called, seal.looked_at(member, "alias")}
    for other in db.session.scalars(select(MemberName).where(MemberName.member_id.in_(ids))):
        names.add(seal.looked_at(other, "name"))
    return {name for name in names if name}


def _forget_drafts(codes: set[str], names: set[str]) -> None:
    """What somebody typed and did not save: on a page whose address has one of these codes, or with one of
    them, or one of these names, in what was typed. Each draft is under its writer's key and is opened to look,
    for nobody."""
    spoken = []
    with seal.silent():
        for draft in db.session.scalars(select(Draft)):
            typed = _typed(draft)
            has_code = not codes.isdisjoint(_CODE.findall(f"{draft.path} {typed}"))
            if has_code or says_name(typed_values(typed), names):
                spoken.append(draft.id)
    db.session.execute(delete(Draft).where(Draft.id.in_(spoken)))


def _typed(draft: Draft) -> str:
    try:
        return draft.body or ""
    except (KeyGone, Tampered):
        return ""


_CODE = re.compile(r"[A-Z]{1,3}-[0-9]+")


when_erased: Hook[[Sequence[int]], None] = Hook("what else goes with a removed person")
"""``when_erased(member_ids)``: takes away what another house keeps of them in files."""


def tell_erased(member_ids: Sequence[int]) -> None:
    """After the erasure was committed, outside any transaction. May be called again for the same people."""
    when_erased.each(member_ids)
