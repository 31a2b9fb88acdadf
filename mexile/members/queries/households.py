"""Households as a viewer may know them: the people one may see, and how many more there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.members.models.household import Household, HouseholdMembership
from mexile.members.models.member import Member
from mexile.members.queries.names import NAME_COLUMNS, name_of
from mexile.members.queries.visible import rights_of, rights_values, visible, visible_by
from mexile.members.rules.names import ShownName


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
    rows = db.session.connection().execute(_households(), {"member_id": member_id})
    return [(row.id, row.code) for row in rows]


@cache
def _households() -> Any:
    return (
        select(Household.id, Household.code)
        .join(HouseholdMembership, HouseholdMembership.household_id == Household.id)
        .where(HouseholdMembership.member_id == bindparam("member_id"), stands(HouseholdMembership))
        .order_by(Household.id)
    )


def _seen(viewer: Viewer, households: Sequence[tuple[int, str]]) -> list[SeenHousehold]:
    if not households:
        return []
    ids = [id for id, _ in households]
    asked = {"ids": ids, **rights_values(viewer)}
    rows = db.session.connection().execute(_people(rights_of(viewer)), asked).all()
    found = []
    for id, code in households:
        here = [row for row in rows if row.household_id == id]
        people = [
            HouseholdPerson(row.id, row.code, name_of(row, viewer), row.role, row.from_on, row.birth_year)
            for row in here
            if row.is_visible
        ]
        found.append(SeenHousehold(id, code, people, len(here) - len(people)))
    return found


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
            visible_by(rights).label("is_visible"),
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
