"""Who walks with whom: the assignments on which all need-to-know hangs."""

from datetime import timedelta

from mexile.demo.organization.household import Household
from mexile.demo.organization.plan import Plan

ROOM = {"lucia": 40, "nora": 30}
"""With how many people each walks; Ximena walks with the rest."""
HERS = frozenset({"walk", "court", "checked_in", "fee_due", "thanksgiving", "leap_day", "ageing_out"})
COMPANIONS = ("beto", "hector", "mateo", "david", "esther", "olivia", "irma")


def add_assignments(plan: Plan) -> None:
    """Lucía walks with about forty people, Nora with thirty newer ones, Ximena with the rest."""
    here = [home for home in plan.households if home.head.is_here(plan.day)]
    ordered = sorted(here, key=lambda home: not set(home.head.marks) & HERS)
    room = dict(ROOM)
    for home in [*ordered[: len(HERS)], *plan.chance("walking").shuffled(ordered[len(HERS) :])]:
        word = next((word for word, left in room.items() if len(home.members) <= left), "ximena")
        if word in room:
            room[word] -= len(home.members)
        plan.first[home.code] = word
    for home in plan.households:
        _add_of_household(plan, home)


def _add_of_household(plan: Plan, home: Household) -> None:
    """Who walks now, a volunteer for some, who walked before."""
    chance, start, now = plan.chance("walking", home.code), home.head.joined_on, plan.first.get(home.code)
    middle = start + timedelta(days=(plan.day - start).days // 2)
    before, companion = chance.choice(("nora", "ximena", "hector")), chance.choice(COMPANIONS)
    is_helped, is_handed_on = chance.happens(0.28), chance.happens(0.3)
    for member in home.members:
        own = {"member_id": member.code, "from_at": start, "reason_from": "intake"}
        if now is None:
            ended = home.head.left_on and max(home.head.left_on, start)
            plan.add("assignment", user_id=before, to_at=ended, reason_to=ended and "done", **own)
            continue
        if is_handed_on and before != now:
            plan.add("assignment", user_id=before, to_at=middle, reason_to="handed_on", **own)
            plan.add("assignment", user_id=now, **own | {"from_at": middle, "reason_from": "case"})
        else:
            plan.add("assignment", user_id=now, **own)
        if is_helped or "walk" in member.marks:
            helper = "beto" if "walk" in member.marks else companion
            plan.add("assignment", user_id=helper, **own | {"from_at": middle, "reason_from": "accompaniment"})
