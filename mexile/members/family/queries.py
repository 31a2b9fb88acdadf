"""A family as a viewer may know it: members and relatives of a household, where each is, and what they are to one another.

Whoever came alone is seen here as a family: a relative without a record stands beside the members.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import rights_of, rights_values, visible
from mexile.members.family.models import Relative
from mexile.members.household.models import Household, HouseholdMembership, HouseholdPlace
from mexile.members.household.queries import SeenHousehold, households_of, stands
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.relation.queries import Kin, kin_among
from mexile.members.relation.rules import Person


def next_relative_code() -> str:
    return next_code("RE", Relative.code)


@dataclass(frozen=True)
class FamilyPerson:
    """One person of a household. ``owner`` is the code of the member under whom they are kept: their own, or
    that of the member who told of the relative ``relative``."""

    person: Person
    owner: str
    relative: str | None
    name: str
    role: str
    from_on: date
    birth_year: int | None
    place: HouseholdPlace | None
    kin: Sequence[Kin] = ()

    @property
    def is_behind(self) -> bool:
        """Whether we know that they are not with us."""
        return self.place is not None and self.place.place != "with_us"


@dataclass(frozen=True)
class Left:
    """Somebody who was in the household, from when to when."""

    name: str
    owner: str
    role: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Family:
    """One household of a member now; ``left`` only where it was asked for."""

    code: str
    people: Sequence[FamilyPerson]
    others: int
    left: Sequence[Left] = field(default_factory=list)


def families_of(viewer: Viewer, member: Member) -> list[Family]:
    """The member's households with everybody in them whom the viewer may know of. ``member`` comes from a
    query with rights. A fixed number of queries."""
    houses = households_of(viewer, member.id)
    if not houses:
        return []
    relatives = _relatives(viewer, [house.id for house in houses])
    names = {Person(person.id): (person.name.full, person.code) for house in houses for person in house.people}
    for row in relatives:
        if row.is_visible:
            names[Person(row.Relative.member_id, row.Relative.id)] = (row.Relative.called or "", row.owner)
    places, kin = places_of(names), kin_among(viewer, list(names), names)
    return [_family(house, relatives, names, places, kin) for house in houses]


def _family(house: SeenHousehold, relatives: Sequence[Any], names: dict, places: dict, kin: dict) -> Family:
    people = [
        FamilyPerson(
            Person(person.id),
            person.code,
            None,
            person.name.full,
            person.role,
            person.from_on,
            person.birth_year,
            places.get(Person(person.id)),
            kin.get(Person(person.id), ()),
        )
        for person in house.people
    ]
    here = [row for row in relatives if row.Relative.household_id == house.id]
    people += [_relative(row, names, places, kin) for row in here if row.is_visible]
    return Family(house.code, people, house.others + sum(1 for row in here if not row.is_visible))


def _relative(row: Any, names: dict, places: dict, kin: dict) -> FamilyPerson:
    relative: Relative = row.Relative
    person = Person(relative.member_id, relative.id)
    return FamilyPerson(
        person,
        row.owner,
        relative.code,
        names[person][0],
        relative.role,
        relative.from_on,
        relative.birth_year,
        places.get(person),
        kin.get(person, ()),
    )


def _relatives(viewer: Viewer, household_ids: Sequence[int]) -> Sequence[Any]:
    asked = rights_values(viewer, ids=list(household_ids))
    return db.session.execute(_relatives_of(rights_of(viewer)), asked).all()


@cache
def _relatives_of(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    return (
        select(Relative, Member.code.label("owner"), visible(rights).label("is_visible"))
        .join(Member, Member.id == Relative.member_id)
        .where(Relative.household_id.in_(bindparam("ids", expanding=True)), Relative.to_on.is_(None))
        .order_by(Relative.birth_year, Relative.id)
    )


def places_of(people: Iterable[Person]) -> dict[Person, HouseholdPlace]:
    """Where each of these people is today, as far as somebody wrote it down. One query."""
    ids = {person.member_id for person in people}
    if not ids:
        return {}
    rows = db.session.scalars(_places_of(list(ids), organization.today()))
    return {Person(row.member_id, row.relative_id): row for row in rows}


def _places_of(ids: list[int], today: date) -> Any:
    return (
        select(HouseholdPlace)
        .where(HouseholdPlace.member_id.in_(ids), HouseholdPlace.since_on <= today)
        .order_by(HouseholdPlace.since_on, HouseholdPlace.id)
    )


def place_history(person: Person) -> list[HouseholdPlace]:
    """Where this person was, the newest first."""
    return list(
        db.session.scalars(
            select(HouseholdPlace)
            .where(
                HouseholdPlace.member_id == person.member_id,
                HouseholdPlace.relative_id.is_(None)
                if person.relative_id is None
                else HouseholdPlace.relative_id == person.relative_id,
            )
            .order_by(HouseholdPlace.since_on.desc(), HouseholdPlace.id.desc())
        )
    )


def left_of(viewer: Viewer, family: Family) -> list[Left]:
    """Who was in this household and left, the last first, as far as the viewer may know of them. A change
    of place in the household is no leaving."""
    here = select(Household.id).where(Household.code == family.code).scalar_subquery()
    still = select(HouseholdMembership.member_id).where(
        HouseholdMembership.household_id == here, stands(HouseholdMembership)
    )
    rows = db.session.execute(
        select(
            HouseholdMembership.role,
            HouseholdMembership.from_on,
            HouseholdMembership.to_on,
            Member.code,
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == HouseholdMembership.member_id)
        .where(
            HouseholdMembership.household_id == here,
            HouseholdMembership.to_on.is_not(None),
            HouseholdMembership.member_id.not_in(still),
            visible(viewer),
        )
    )
    left = [Left(name_of(row, viewer).full, row.code, row.role, row.from_on, row.to_on) for row in rows]
    relatives = db.session.execute(
        select(Relative, Member.code)
        .join(Member, Member.id == Relative.member_id)
        .where(Relative.household_id == here, Relative.to_on.is_not(None), visible(viewer))
    )
    for relative, code in relatives:
        assert relative.to_on is not None  # the query asks for those who left
        left.append(Left(relative.called or "", code, relative.role, relative.from_on, relative.to_on))
    return sorted(left, key=lambda person: person.to_on, reverse=True)


def get_relative(viewer: Viewer, code: str, relative_code: str) -> tuple[Member, Relative]:
    """The relative of this member, or NotHere: also when the viewer may not know of the member."""
    member = get_member(viewer, code)
    relative = db.session.scalar(
        select(Relative).where(Relative.code == relative_code, Relative.member_id == member.id)
    )
    if relative is None:
        raise NotHere(relative_code)
    return member, relative
