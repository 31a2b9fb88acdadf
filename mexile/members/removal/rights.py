"""Records that exist for nobody any more: merged into another, or removed at the person's request."""

from sqlalchemy import CompoundSelect, Select, select, union_all

from mexile.ground import belonging
from mexile.ground.db import db
from mexile.members.merge.models import MemberMerge
from mexile.members.person.models import Member
from mexile.members.removal.models import MemberErasure


def merged_ids() -> Select[int]:
    """The records whose merge stands, as a subquery of ids."""
    return select(MemberMerge.merged_id).where(MemberMerge.stands())


def erased_ids() -> Select[int]:
    return select(MemberErasure.member_id)


def gone_ids() -> CompoundSelect[int]:
    """Both, each once: the records merged into an erased person have a tombstone of their own."""
    return union_all(merged_ids().where(MemberMerge.merged_id.not_in(erased_ids())), erased_ids())


def kept_id(member_id: int) -> int:
    """The record that this one lives on in: itself, unless it was merged, however often."""
    seen = {member_id}
    while True:
        onward = db.session.scalar(
            select(MemberMerge.member_id).where(MemberMerge.merged_id == member_id, MemberMerge.stands())
        )
        if onward is None or onward in seen:
            return member_id
        seen.add(onward)
        member_id = onward


def merged_into(member_id: int) -> list[int]:
    """The records that live on in this one, however often they were merged on the way."""
    merged: list[int] = []
    ahead = [member_id]
    while ahead:
        ahead = list(
            db.session.scalars(
                select(MemberMerge.merged_id).where(MemberMerge.member_id.in_(ahead), MemberMerge.stands())
            )
        )
        ahead = [id for id in ahead if id not in merged and id != member_id]
        merged.extend(ahead)
    return merged


def same_person(member_id: int) -> list[int]:
    """The record and all that were merged into it."""
    return [member_id, *merged_into(member_id)]


def merged_codes(member_id: int) -> list[str]:
    """The codes that lead to this record."""
    ids = merged_into(member_id)
    return list(db.session.scalars(select(Member.code).where(Member.id.in_(ids)).order_by(Member.id))) if ids else []


def tombstone_of(member_id: int) -> MemberErasure | None:
    return db.session.get(MemberErasure, member_id)


def id_of_code(code: str) -> int | None:
    """The record with this code, whoever asks: only to follow a merge or to say that it was removed."""
    return db.session.scalar(select(Member.id).where(Member.code == code))


belonging.destroyed_keys.fill(lambda: select(Member.key_id).where(Member.id.in_(erased_ids())))
