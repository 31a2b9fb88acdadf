"""Whom members flee from, and who flees from the same one."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.members.assignment.rights import visible
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.rules import NAME_PLACE, name_key


def persecutors_of(viewer: Viewer, member_id: int) -> list[MemberPersecutor]:
    """The persecutors of a member whom the viewer may know of, in the order in which they were written."""
    return list(
        db.session.scalars(
            select(MemberPersecutor)
            .where(MemberPersecutor.member_id == member_id, visible(viewer, MemberPersecutor.member_id))
            .order_by(MemberPersecutor.id)
        )
    )


def name_index(name: str | None) -> bytes | None:
    """The blind index of a persecutor's name; None where there is no name."""
    key = name_key(name)
    return seal.blind(NAME_PLACE, key) if key else None


def members_who_fled(indexes: Collection[bytes], *, but: Sequence[int] = ()) -> set[int]:
    """The ids of all members who named one of these, whoever asks: for checks whose answer is only
    whether there is somebody, never who. ``indexes`` come from `name_index`."""
    if not indexes:
        return set()
    return set(
        db.session.scalars(
            select(MemberPersecutor.member_id).where(
                MemberPersecutor.name_bidx.in_(indexes), MemberPersecutor.member_id.not_in(but)
            )
        )
    )
