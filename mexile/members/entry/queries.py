"""The entries of a member, and the one from which the year to ask for asylum runs."""

from sqlalchemy import select

from mexile.ground.db import db
from mexile.ground.rough import Rough, rough
from mexile.members.detail.models import MemberNationality
from mexile.members.entry.models import MemberEntry
from mexile.members.entry.rules import last_arrival
from mexile.members.person.models import Member


def entries_of(member: Member) -> list[MemberEntry]:
    """The entries of a member whom the viewer may know of, the newest first, those without a day at the end."""
    return list(
        db.session.scalars(
            select(MemberEntry)
            .where(MemberEntry.member_id == member.id)
            .order_by(MemberEntry.on.desc().nulls_last(), MemberEntry.id.desc())
        )
    )


def arrival_of(member: Member) -> Rough | None:
    """The last arrival as well as it is known: of the entries, else the day on the member's own record."""
    last = last_arrival(entries_of(member))
    return rough(last.on, last.precision) if last else rough(member.arrived_on, "day")


def nationalities_of(member: Member) -> list[str]:
    """All nationalities, the first one first."""
    others = db.session.scalars(
        select(MemberNationality.country)
        .where(MemberNationality.member_id == member.id)
        .order_by(MemberNationality.country)
    )
    return [*([member.nationality] if member.nationality else []), *others]
