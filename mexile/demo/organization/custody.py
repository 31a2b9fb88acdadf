"""Custody: who was detained, where, from when to when, the bond that was asked for and the supervision after it."""

from collections.abc import Iterator
from datetime import date, timedelta

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Member
from mexile.demo.organization.plan import Plan, Stay
from mexile.demo.organization.recipe import recipe


def add_custody(plan: Plan) -> None:
    """Shares by manner of entry, five people held today; every time with what came of it."""
    now = _held_now(plan)
    held, longest = {stay.member for stay in now}, list(recipe()["custody"]["longest"])
    heads = [home.head for home in plan.households if home.head.code not in held]
    past = [stay for head in heads if (stay := _past(plan, head, longest))]
    plan.stays = tuple(sorted([*now, *past], key=lambda stay: (stay.member, stay.from_on)))
    for stays in _times(plan.stays):
        _add_time(plan, stays)


def _held_now(plan: Plan) -> list[Stay]:
    """Those in custody on the day. One of them was moved to another state."""
    custody, chance = recipe()["custody"], plan.chance("held now")
    heads = [home.head for home in plan.households]
    moved = next(head.code for head in heads if "transfer" in head.marks)
    able = [h for h in heads if h.is_here(plan.day) and not h.marks and h.joined_on < plan.ago(120)]
    held = [Stay(moved, "El Paso SPC", plan.ago(61), plan.ago(19)), Stay(moved, "Otero", plan.ago(19), None)]
    for head in chance.some(able, custody["now"] - 1):
        held.append(Stay(head.code, chance.weighted(custody["place"]), plan.ago(chance.randint(6, 110)), None))
    return held


def _past(plan: Plan, head: Member, longest: list[int]) -> Stay | None:
    custody, chance = recipe()["custody"], plan.chance("custody", head.code)
    if not (chance.happens(custody["ever"].get(head.entry, 0.05)) or "once_detained" in head.marks):
        return None
    length = int(min(max(custody["days"]["median"] * chance.lognormvariate(0, custody["days"]["sigma"]), 2), 400))
    room = (plan.day - head.joined_on).days - 30
    if longest and room > 900 and head.entry == "between_ports":
        length = longest.pop()
    if length > room:
        return None
    since = head.joined_on + timedelta(days=chance.randrange(max(min(room - length, 200), 1)))
    return Stay(head.code, chance.weighted(custody["place"]), since, since + timedelta(days=length))


def _times(stays: tuple[Stay, ...]) -> Iterator[list[Stay]]:
    """Stays that follow one another in two places are one time with a transfer."""
    time: list[Stay] = []
    for stay in stays:
        if time and (time[-1].member, time[-1].to_on) != (stay.member, stay.from_on):
            yield time
            time = []
        time.append(stay)
    yield time


def _add_time(plan: Plan, stays: list[Stay]) -> None:
    first, end = stays[0], stays[-1].to_on
    chance = plan.chance("held", first.member)
    by = {"by_user_id": "ximena", "at": first.from_on}
    detention = plan.add("detention", member_id=first.member, from_on=first.from_on, held_by="ice", **by)
    for stay in stays:
        moved = {"place_id": recipe()["custody"]["place_code"][stay.place], "from_on": stay.from_on}
        plan.add("detention_stay", detention_id=detention.id, **moved, **by | {"at": stay.from_on})
    is_posted = _add_bond(plan, chance, first, end)
    if end:
        how = "bond" if is_posted else chance.choice(recipe()["custody"]["released"])
        plan.link("detention_end", detention_id=detention.id, on=end, how=how, **by | {"at": end})
        if how != "ror" and chance.happens(0.7):
            _add_supervision(plan, chance, first.member, end)


def _add_bond(plan: Plan, chance: Chance, stay: Stay, end: date | None) -> bool:
    """The bond that was asked for, if one was; whether it was posted."""
    custody, until = recipe()["custody"], end or plan.day
    room = (until - stay.from_on).days
    if room < 12 or not chance.happens(0.6):
        return False
    asked_on = stay.from_on + timedelta(days=min(10, room // 3))
    decided_on = asked_on + timedelta(days=min(14, max(room // 4, 1)))
    bond = plan.add("bond", member_id=stay.member, asked_on=asked_on)
    if decided_on >= until:
        return False
    bond["decided_on"] = decided_on
    if not end or not chance.happens(0.55):
        reason = chance.weighted(custody["refused"])
        bond.update(decision="denied", reason=reason, stated=custody["stated"][reason])
        return False
    bond.update(chance.columns(custody["granted"]), posted_on=end)
    returned_on = end + timedelta(days=400)
    if returned_on <= plan.day and chance.happens(0.4):
        bond["returned_on"] = returned_on
    return True


def _add_supervision(plan: Plan, chance: Chance, member: str, since: date) -> None:
    """Reporting to an office after release."""
    how = chance.columns(recipe()["custody"]["supervision"])
    how |= {} if how["kind"] == "isap" else {"monitor": "none"}
    to_on = since + timedelta(days=chance.randint(200, 500))
    plan.add("supervision", member_id=member, from_on=since, to_on=to_on if to_on <= plan.day else None, **how)
