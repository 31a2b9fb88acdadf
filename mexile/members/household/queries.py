"""Households as a viewer may know them: the people one may see, and how many more there are.

Also whether a day of birth fits the place in a household: a child is younger than the head, a parent older.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.codes import next_code
from mexile.ground.dates import day_of
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Problem, Tampered
from mexile.members.assignment.rights import rights_of, rights_values, visible
from mexile.members.detail.models import MemberDetail
from mexile.members.household.models import Household, HouseholdMembership
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member
from mexile.members.person.rules import Born, age_problems


def next_household_code() -> str:
    return next_code("H", Household.code)


@dataclass(frozen=True)
class HouseholdPerson:
    """One person of a household whom the viewer may know of."""

    id: int
    code: str
    name: ShownName
    role: str
    from_on: date
    birth_year: int | None


@dataclass(frozen=True)
class SeenHousehold:
    """A household now. ``others`` are people in it whom the viewer may not know of."""

    id: int
    code: str
    people: Sequence[HouseholdPerson]
    others: int


def stands(row: Any, on: date | None = None) -> ColumnElement[bool]:
    """The WHERE for a membership that stands on a day, or now."""
    if on is None:
        return row.to_on.is_(None)
    return and_(row.from_on <= on, or_(row.to_on.is_(None), row.to_on > on))


def households_of(viewer: Viewer, member_id: int) -> list[SeenHousehold]:
    """The households the member is in now; mostly one."""
    return _seen(viewer, _of_member(member_id))


def _of_member(member_id: int) -> list[tuple[int, str]]:
    rows = db.session.connection().execute(_households(member_id))
    return [(row.id, row.code) for row in rows]


def _households(member_id: int) -> Any:
    return (
        select(Household.id, Household.code)
        .join(HouseholdMembership, HouseholdMembership.household_id == Household.id)
        .where(HouseholdMembership.member_id == member_id, stands(HouseholdMembership))
        .order_by(Household.id)
    )


def _seen(viewer: Viewer, households: Sequence[tuple[int, str]]) -> list[SeenHousehold]:
    if not households:
        return []
    ids = [id for id, _ in households]
    asked = rights_values(viewer, ids=ids)
    rows = db.session.connection().execute(_people(rights_of(viewer)), asked).all()
    seen = []
    for id, code in households:
        here = [row for row in rows if row.household_id == id]
        people = [
            HouseholdPerson(row.id, row.code, name_of(row, viewer), row.role, row.from_on, row.birth_year)
            for row in here
            if row.is_visible
        ]
        seen.append(SeenHousehold(id, code, people, len(here) - len(people)))
    return seen


@cache
def _people(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    return (
        select(
            HouseholdMembership.household_id,
            HouseholdMembership.role,
            HouseholdMembership.from_on,
            Member.id,
            Member.code,
            Member.birth_year,
            visible(rights).label("is_visible"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(HouseholdMembership.household_id.in_(bindparam("ids", expanding=True)), stands(HouseholdMembership))
        .order_by(HouseholdMembership.role != "head", Member.birth_year, Member.id)
    )


def household_by_code(viewer: Viewer, code: str) -> Household | None:
    """The household, when the viewer may know of somebody in it."""
    return db.session.scalar(
        select(Household)
        .join(HouseholdMembership, HouseholdMembership.household_id == Household.id)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(Household.code == code, stands(HouseholdMembership), visible(viewer))
        .limit(1)
    )


def household_age_problems(member: Member, born: Born) -> list[Problem]:
    """What can't be of this birth in the households in which the member stands now."""
    mine = HouseholdMembership.member_id == member.id
    held = select(HouseholdMembership.household_id).where(mine, stands(HouseholdMembership))
    rows = db.session.execute(
        select(HouseholdMembership.role, HouseholdMembership.household_id, Member.id, *_BORN)
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(HouseholdMembership.household_id.in_(held), stands(HouseholdMembership))
    ).all()
    problems: list[Problem] = []
    for household_id in [row.household_id for row in rows if row.id == member.id]:
        people = [
            (row.role, born if row.id == member.id else opened(row)) for row in rows if row.household_id == household_id
        ]
        problems += age_problems(people)
    return problems


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
