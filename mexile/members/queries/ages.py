"""Whether a day of birth fits the place in a household: a child is younger than the head, a parent older."""

from typing import Any

from sqlalchemy import select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Problem, Tampered
from mexile.members.models.detail import MemberDetail
from mexile.members.models.household import HouseholdMembership
from mexile.members.models.member import Member
from mexile.members.queries.households import stands
from mexile.members.rules.ages import Born, age_problems
from mexile.members.rules.person import day_of


def household_age_problems(member: Member, born: Born) -> list[Problem]:
    """What can't be of this birth in the households in which the member stands now."""
    mine = HouseholdMembership.member_id == member.id
    held = select(HouseholdMembership.household_id).where(mine, stands(HouseholdMembership))
    rows = db.session.execute(
        select(HouseholdMembership.role, HouseholdMembership.household_id, Member.id, *_BORN)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(HouseholdMembership.household_id.in_(held), stands(HouseholdMembership))
    ).all()
    found: list[Problem] = []
    for household_id in [row.household_id for row in rows if row.id == member.id]:
        people = [
            (row.role, born if row.id == member.id else opened(row)) for row in rows if row.household_id == household_id
        ]
        found += age_problems(people)
    return found


def role_age_problems(household_id: int, member: Member, role: str) -> list[Problem]:
    """What can't be of a member's birth in this role among those who stand in a household."""
    rows = db.session.execute(
        select(HouseholdMembership.role, *_BORN)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(
            HouseholdMembership.household_id == household_id,
            HouseholdMembership.member_id != member.id,
            stands(HouseholdMembership),
        )
    )
    others = [("other" if role == "head" and row.role == "head" else row.role, opened(row)) for row in rows]
    return age_problems([*others, (role, born_of(member))], place="role")


def born_of(member: Member) -> Born:
    """When a member was born, as well as it is known; looked at in silence, since nobody is shown it."""
    return opened(db.session.execute(select(*_BORN).where(Member.id == member.id)).one())


BIRTH_COLUMNS = (
    Member.birth_year,
    Member.birth_date_enc,
    select(MemberDetail.born_precision)
    .where(MemberDetail.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
    .label("born_precision"),
)
"""What `opened` needs of a row, beside its rid and key."""
_BORN = (Member.rid, Member.key_id, *BIRTH_COLUMNS)


def opened(row: Any) -> Born:
    """The birth of a row with `BIRTH_COLUMNS`, opened in silence; only a day known to the day counts as one."""
    if getattr(row, "born_precision", None) not in (None, "day") or row.birth_date_enc is None:
        return Born(None, row.birth_year)
    try:
        text = seal.open_cell("member", "birth_date_enc", row.rid, row.key_id, row.birth_date_enc)
    except (KeyGone, Tampered):
        return Born(None, row.birth_year)
    return Born(day_of(text), row.birth_year)
