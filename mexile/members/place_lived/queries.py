"""Where a member lived after the first threat."""

from sqlalchemy import select

from mexile.ground.db import db
from mexile.ground.rough import rough
from mexile.members.person.models import Member
from mexile.members.place_lived.models import MemberPlaceLived
from mexile.members.place_lived.rules import Period


def places_lived(member: Member) -> list[MemberPlaceLived]:
    """The places of a member whom the viewer may know of, in the order of time."""
    return list(
        db.session.scalars(
            select(MemberPlaceLived)
            .where(MemberPlaceLived.member_id == member.id)
            .order_by(MemberPlaceLived.from_on.asc().nulls_last(), MemberPlaceLived.id)
        )
    )


def period_of(row: MemberPlaceLived) -> Period:
    return Period(row.state, rough(row.from_on, row.from_precision), rough(row.to_on, row.to_precision))
