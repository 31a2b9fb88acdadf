"""The cases at the edge that a system of this field must get right, planted on purpose: the recipe's `planted`.

Legal ones keep their absolute dates, whatever day the organization is laid for.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.names import Name
from mexile.demo.organization.recipe import recipe


def planted(homes: tuple[Household, ...], day: date) -> tuple[Household, ...]:
    """The households with the edge cases put into those that fit: of as many people, with us for so many months.
    Each case gets one of its own, the latest that fits; first come, first served."""
    all_homes, taken = list(homes), set()
    for case in recipe()["planted"]:
        before = months_later(day, -case["months"])
        fitting = (
            place
            for place, home in enumerate(homes)
            if place not in taken and len(home.members) == case["size"]
            if home.head.left_on is None and home.head.joined_on <= before
        )
        place = max(fitting)
        taken.add(place)
        changes = [*case["people"], *[{}] * case["size"]]
        members = [
            _changed(member, {**case.get("all", {}), **own}, day)
            for member, own in zip(homes[place].members, changes, strict=False)
        ]
        if "ageing_out" in members[-1].marks:
            eldest = months_later(members[-1].born_on, -20 * 12)
            members[0] = replace(members[0], born_on=min(members[0].born_on, eldest))
        all_homes[place] = replace(homes[place], members=tuple(members))
    return tuple(all_homes)


def _changed(member: Member, changes: dict[str, Any], day: date) -> Member:
    values = dict(changes)
    for column in ("born_on", "arrived_on"):
        if column in values:
            values[column] = date.fromisoformat(values[column])
    if "name" in values:
        values["name"] = Name(*values["name"])
    values["marks"] = tuple(values.get("marks", member.marks))
    if "deceased" in values["marks"]:
        values |= {"left_on": months_later(day, -5), "left_because": "deceased"}
    if "ageing_out" in values["marks"]:
        # A child who turns 21 in six weeks and then no longer follows the parent's case.
        values["born_on"] = months_later(day + timedelta(days=42), -21 * 12)
    values["joined_on"] = max(member.joined_on, values.get("arrived_on", member.arrived_on))
    return replace(member, **values)
