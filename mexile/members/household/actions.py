"""Households: making one, adding a person, leaving it, and who is its head."""

from datetime import date

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.members.household.models import Household, HouseholdMembership
from mexile.members.household.queries import household_by_code, next_household_code, role_age_problems, stands
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("household.make", "Made a household", "Formó un hogar")
name_act("household.join", "Added a person to a household", "Agregó a una persona al hogar")
name_act("household.leave", "Took a person out of a household", "Sacó a una persona del hogar")
name_act("household.role", "Changed a place in a household", "Cambió un lugar en el hogar")


TWO_HEADS = Problem(
    "role",
    "This household has a head already. Give that person another role first.",
    "Este hogar ya tiene cabeza de familia. Primero dé otro lugar a esa persona.",
)


def make_household(*, viewer: Viewer, code: str, role: str = "head") -> Household:
    """A new household with this member in it from today on."""
    member = get_member(viewer, code)
    if _open_rows(member.id):
        raise Invalid(Problem("", "This member is in a household already.", "Esta persona ya está en un hogar."))
    household = Household(code=next_household_code())
    db.session.add(household)
    db.session.flush()
    _enter(household.id, member, role, organization.today())
    trail.record("household.make", [household.code, code], role=role)
    return household


def join_household(*, viewer: Viewer, household_code: str, code: str, role: str) -> HouseholdMembership:
    """The member belongs to the household from today on. Both must exist for the viewer.

    Raises Invalid for a second head, and when the person is in it already.
    """
    household = _household(viewer, household_code)
    member = get_member(viewer, code)
    if any(row.household_id == household.id for row in _open_rows(member.id)):
        raise Invalid(Problem("", "This person is in this household already.", "Esta persona ya está en este hogar."))
    if role == "head" and _head(household.id):
        raise Invalid(TWO_HEADS)
    _refuse_wrong_ages(household.id, member, role)
    membership = _enter(household.id, member, role, organization.today())
    trail.record("household.join", [household_code, code], role=role)
    return membership


def leave_household(*, viewer: Viewer, household_code: str, code: str) -> HouseholdMembership:
    """The member belongs to the household no longer. The household and its history stay."""
    household = _household(viewer, household_code)
    row = _row(household.id, get_member(viewer, code))
    row.to_on = organization.today()
    db.session.flush()
    trail.record("household.leave", [household_code, code])
    return row


def change_role(*, viewer: Viewer, household_code: str, code: str, role: str) -> HouseholdMembership:
    """The member has another place in the household from today on. A new head takes over from the old
    one, who stays as another relative: there is always at most one."""
    household = _household(viewer, household_code)
    member = get_member(viewer, code)
    row, head, today = _row(household.id, member), _head(household.id), organization.today()
    if row.role == role:
        return row
    _refuse_wrong_ages(household.id, member, role)
    if role == "head" and head:
        head.to_on = today
        db.session.flush()
        _enter(household.id, db.session.get_one(Member, head.member_id), "other", today)
    row.to_on = today
    db.session.flush()
    membership = _enter(household.id, member, role, today)
    trail.record("household.role", [household_code, code], role=role)
    return membership


def _refuse_wrong_ages(household_id: int, member: Member, role: str) -> None:
    """A child isn't older than the head, a parent not younger."""
    if problems := role_age_problems(household_id, member, role):
        raise Invalid(problems)


def _household(viewer: Viewer, code: str) -> Household:
    household = household_by_code(viewer, code)
    if household is None:
        raise NotHere(code)
    return household


def _enter(household_id: int, member: Member, role: str, on: date) -> HouseholdMembership:
    membership = HouseholdMembership(household_id=household_id, member_id=member.id, role=role, from_on=on)
    db.session.add(membership)
    db.session.flush()
    return membership


def _open_rows(member_id: int) -> list[HouseholdMembership]:
    return list(
        db.session.scalars(
            select(HouseholdMembership).where(HouseholdMembership.member_id == member_id, stands(HouseholdMembership))
        )
    )


def _row(household_id: int, member: Member) -> HouseholdMembership:
    membership = next((row for row in _open_rows(member.id) if row.household_id == household_id), None)
    if membership is None:
        raise NotHere(member.code)
    return membership


def _head(household_id: int) -> HouseholdMembership | None:
    return db.session.scalar(
        select(HouseholdMembership).where(
            HouseholdMembership.household_id == household_id,
            HouseholdMembership.role == "head",
            stands(HouseholdMembership),
        )
    )
