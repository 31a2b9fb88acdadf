"""Families: a relative without a record, and where each person is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.dates import not_in_the_future
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.members.family.models import Relative
from mexile.members.family.queries import get_relative, next_relative_code, place_history
from mexile.members.household.actions import join_household, make_household
from mexile.members.household.models import Household, HouseholdPlace
from mexile.members.household.queries import households_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.relation.actions import hand_over, relate_people
from mexile.members.relation.queries import relations_of_relative
from mexile.members.relation.rules import Person

name_act("household.place", "Recorded where a person is", "Anotó dónde está una persona")
name_act("relative.add", "Added a relative without a record", "Agregó a un familiar sin registro")
name_act("relative.member", "Opened a record for a relative", "Abrió un registro para un familiar")
name_act("relative.leave", "Took a relative out of a household", "Sacó a un familiar del hogar")


HAS_LEFT = Problem(
    "",
    "This relative has a record already, or left the household. Look at the household first.",
    "Este familiar ya tiene registro, o dejó el hogar. Revise primero el hogar.",
)
OWN_RELATIVE = Problem(
    "",
    "Nobody is their own relative. Choose the record of another person.",
    "Nadie es familiar de sí mismo. Elija el registro de otra persona.",
)
PLACE_FIELDS = ("place", "state", "since_on", "in_danger", "contact", "note")


def add_relative(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Relative:
    """Somebody of the member's family who is no member stands in the household from today on; the
    household is made where there is none. ``values``: called, role, side, birth_year and those of a place.

    Raises Invalid where the relation can't be.
    """
    member = get_member(viewer, code)
    today = organization.today()
    if (year := values.get("birth_year")) and year > today.year:
        raise Invalid(Problem("birth_year", "This year has not come yet.", "Este año aún no llega."))
    held = households_of(viewer, member.id)
    household_id = held[0].id if held else make_household(viewer=viewer, code=code).id
    relative = Relative(
        key_id=member.key_id,
        code=next_relative_code(),
        member_id=member.id,
        household_id=household_id,
        called=values["called"],
        role=values["role"],
        birth_year=values.get("birth_year"),
        from_on=today,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(relative)
    db.session.flush()
    trail.record("relative.add", [code, relative.code], role=relative.role)
    _keep_place(viewer, member, relative.id, values, relative.code)
    if values.get("side"):
        relate_people(viewer, Person(member.id, relative.id), values["side"], Person(member.id), [code, relative.code])
    return relative


def relative_leaves(*, viewer: Viewer, code: str, relative_code: str) -> None:
    """The relative belongs to the household no longer, or has a record of their own now."""
    _, relative = get_relative(viewer, code, relative_code)
    if relative.to_on is not None:
        raise NotHere(relative_code)
    relative.to_on = organization.today()
    db.session.flush()
    trail.record("relative.leave", [code, relative_code])


def becomes_member(*, viewer: Viewer, code: str, relative_code: str, person: Member) -> None:
    """The relative of this member has the record ``person`` from now on: what they are to others and where they
    are comes along, and the relative leaves the household in which the record takes their place."""
    _, relative = get_relative(viewer, code, relative_code)
    if relative.to_on is not None:
        raise Invalid(HAS_LEFT)
    was, now = Person(relative.member_id, relative.id), Person(person.id)
    for row in relations_of_relative(was):
        hand_over(viewer, row, was, now)
    places, known = place_history(was), place_history(now)
    if places and not (known and known[0].since_on >= places[0].since_on):
        with seal.silent():
            values = {name: getattr(places[0], name) for name in PLACE_FIELDS}
        _keep_place(viewer, person, None, values, person.code)
    relative_leaves(viewer=viewer, code=code, relative_code=relative_code)
    trail.record("relative.member", [code, relative_code, person.code])


def is_somebody_known(*, viewer: Viewer, code: str, relative_code: str, member_code: str) -> None:
    """The relative of this member turned out to be a member whose record stands: it takes their place in the
    household and in every relation. Raises Invalid where the record can't be that relative."""
    held, relative = get_relative(viewer, code, relative_code)
    known = get_member(viewer, member_code)
    if known.id == held.id:
        raise Invalid(OWN_RELATIVE)
    if all(house.id != relative.household_id for house in households_of(viewer, known.id)):
        house = db.session.get_one(Household, relative.household_id)
        join_household(viewer=viewer, household_code=house.code, code=member_code, role=relative.role)
    becomes_member(viewer=viewer, code=code, relative_code=relative_code, person=known)


def set_place(
    *, viewer: Viewer, code: str, values: Mapping[str, Any], relative_code: str | None = None
) -> HouseholdPlace:
    """Where the member, or the relative, is from a day on. What stood before stays with its day."""
    if relative_code is None:
        return _keep_place(viewer, get_member(viewer, code), None, values, code)
    member, relative = get_relative(viewer, code, relative_code)
    return _keep_place(viewer, member, relative.id, values, relative_code)


def _keep_place(
    viewer: Viewer, member: Member, relative_id: int | None, values: Mapping[str, Any], subject: str
) -> HouseholdPlace:
    today = organization.today()
    since = values.get("since_on") or today
    if problems := not_in_the_future("since_on", since, today):
        raise Invalid(problems)
    is_behind = values["place"] != "with_us"
    row = HouseholdPlace(
        key_id=member.key_id,
        member_id=member.id,
        relative_id=relative_id,
        place=values["place"],
        state=values.get("state") or None if values["place"] in ("in_mexico", "in_juarez") else None,
        since_on=since,
        in_danger=(values.get("in_danger") or "unknown") if is_behind else "unknown",
        contact=(values.get("contact") or "unknown") if is_behind else "unknown",
        note=values.get("note") or None,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    trail.record("household.place", subject, place=row.place)
    return row


def follow_custody(*, viewer: Viewer, member: Member, place: str | None, since: date) -> None:
    """The household shows the same as custody does: where the member is from a day on, or, with
    None, where she was before custody was written down by mistake.

    What somebody wrote of a later day doesn't hide it: then it holds from today.
    """
    rows = place_history(Person(member.id))
    before = next((row.place for row in rows if row.place != "detained"), "unknown")
    later = any(row.since_on > since for row in rows)
    values = {"place": place or before, "since_on": organization.today() if later else since}
    _keep_place(viewer, member, None, values, member.code)
