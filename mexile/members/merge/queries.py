"""Merges: what stands in the way of one, how the two records compare, and what was merged before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Merged, NotHere, Problem, Removed, Tampered
from mexile.members.household.models import HouseholdMembership
from mexile.members.merge.models import MemberMerge, MemberMergeUndo
from mexile.members.merge.rules import Pair, choosable, paired
from mexile.members.person.models import Member, moving, of_members_alone, self_pairs
from mexile.members.person.queries import get_member
from mexile.members.removal.queries import standing_request

GROUPS = choosable(Member.__table__.columns.keys())


@dataclass(frozen=True)
class PastMerge:
    """A record that went into this one; ``undone_at`` is None while it stands."""

    id: int
    code: str
    by: str
    at: datetime
    moved: int
    stayed: int
    undone_at: datetime | None


def other_record(viewer: Viewer, kept: Member, code: str) -> tuple[Member | None, Problem | None]:
    """The record with this code, to be merged into ``kept``, or why it can't be."""
    if code == kept.code:
        return None, ITSELF
    try:
        record = get_member(viewer, code)
    except Merged as merged:
        return None, _merged_before(merged)
    except Removed:
        return None, REMOVED
    except NotHere:
        return None, UNKNOWN
    if standing_request(kept.id) or standing_request(record.id):
        return None, ASKED_TO_BE_REMOVED
    return record, None


ITSELF = Problem(
    "other",
    "This is the same record. Write the code of the other one.",
    "Es el mismo registro. Escriba el código del otro.",
)
REMOVED = Problem(
    "other",
    "This person was removed at their request: there is nothing left to merge.",
    "Esta persona fue retirada a petición suya: no queda nada que unir.",
)
UNKNOWN = Problem("other", "There is no member with this code.", "No hay integrante con este código.")
ASKED_TO_BE_REMOVED = Problem(
    "other",
    "One of the two asked to be removed. Wait for it, or call it off first.",
    "Una de las dos personas pidió ser retirada. Espere a que se cumpla o cancélelo primero.",
)
RELATIVES = Problem(
    "sure",
    "The two are written down as relatives or in one household. Tick that they are one person all the same.",
    "Las dos figuran como parientes o en un mismo hogar. Marque que aun así son una sola persona.",
)


def _merged_before(merged: Merged) -> Problem:
    return Problem(
        "other",
        f"{merged.code} was merged into {merged.kept} already.",
        f"{merged.code} ya se unió a {merged.kept}.",
    )


def are_relatives(this: int, other: int) -> bool:
    """Whether the two were ever in one household, or any table names them side by side."""
    mine, theirs = (
        select(HouseholdMembership.household_id).where(HouseholdMembership.member_id == id) for id in (this, other)
    )
    if db.session.scalar(mine.where(HouseholdMembership.household_id.in_(theirs)).limit(1)) is not None:
        return True
    for table, (first, second) in self_pairs():
        both = or_(and_(first == this, second == other), and_(first == other, second == this))
        if db.session.execute(select(table).where(both, *of_members_alone(table)).limit(1)).first() is not None:
            return True
    return False


def compared_fields(kept: Member, merged: Member) -> list[Pair]:
    """Both records, field by field. Opens everything sealed of both."""
    return paired(GROUPS, _values(kept), _values(merged))


def _values(member: Member) -> dict[str, Any]:
    return {name: _open(member, name) for group in GROUPS for name in group}


def _open(member: Member, name: str) -> Any:
    try:
        return getattr(member, name)
    except (KeyGone, Tampered):
        return seal.DAMAGED


def hanging_on(member_id: int) -> int:
    """How many rows of all houses a merge would re-point."""
    counts = [select(func.count().label("n")).where(tie.column == member_id) for tie in moving()]
    return sum(db.session.scalar(count) or 0 for count in counts)


def open_households(member_id: int) -> list[HouseholdMembership]:
    return list(
        db.session.scalars(
            select(HouseholdMembership)
            .where(HouseholdMembership.member_id == member_id, HouseholdMembership.to_on.is_(None))
            .order_by(HouseholdMembership.id)
        )
    )


def merges_into(viewer: Viewer, member_id: int) -> Sequence[PastMerge]:
    """The records that went into this one, the newest first. ``member_id`` comes from a query with rights."""
    rows = db.session.connection().execute(_merges_into(member_id))
    return [PastMerge(*row) for row in rows]


def _merges_into(member_id: int) -> Any:
    return (
        select(
            MemberMerge.id,
            Member.code,
            UserAccount.name,
            MemberMerge.at,
            MemberMerge.moved,
            MemberMerge.stayed,
            MemberMergeUndo.at.label("undone_at"),
        )
        .join(Member, Member.id == MemberMerge.merged_id)
        .join(UserAccount, UserAccount.id == MemberMerge.by_user_id)
        .outerjoin(MemberMergeUndo, MemberMergeUndo.merge_id == MemberMerge.id)
        .where(MemberMerge.member_id == member_id)
        .order_by(MemberMerge.id.desc())
    )


def merge_of(kept: Member, merge_id: int) -> MemberMerge:
    """One merge into this record. Raises NotHere when it is of another one."""
    merge = db.session.get(MemberMerge, merge_id)
    if merge is None or merge.member_id != kept.id:
        raise NotHere(str(merge_id))
    return merge


def is_undone(merge_id: int) -> bool:
    return db.session.get(MemberMergeUndo, merge_id) is not None


def is_row(table: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    """The WHERE for one row of any table, by its primary key."""
    return and_(*(column == row[column.name] for column in table.primary_key.columns))
