"""Custody: who was detained, where, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Member
from mexile.demo.organization.recipe import recipe

EL_PASO, OTERO = "El Paso SPC", "Otero"
PLACES = (EL_PASO, EL_PASO, OTERO, "Torrance")


@dataclass(frozen=True)
class Stay:
    """Days in one place. `to_on` is empty while somebody is still there."""

    member: str
    place: str
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


def stays(seed: int, day: date, heads: list[Member]) -> tuple[Stay, ...]:
    """All stays of the heads: shares by manner of entry, five people held today."""
    held_now = _held_now(seed, day, heads)
    found = [stay for stays in held_now.values() for stay in stays]
    longest = list(recipe()["custody"]["longest"])
    for head in heads:
        if head.code in held_now:
            continue
        found += _past(Chance(seed, "custody", head.code), head, day, longest)
    return tuple(sorted(found, key=lambda stay: (stay.from_on, stay.member)))


def _held_now(seed: int, day: date, heads: list[Member]) -> dict[str, list[Stay]]:
    """Those in custody on `day`. One of them was moved to another state."""
    chance = Chance(seed, "held now")
    moved = next(head for head in heads if "transfer" in head.marks)
    able = [h for h in heads if h.is_here(day) and not h.marks and (day - h.joined_on).days > 120]
    others = chance.some(able, recipe()["custody"]["now"] - 1)
    taken = day - timedelta(days=61)
    there = day - timedelta(days=19)
    held = {moved.code: [Stay(moved.code, EL_PASO, taken, there), Stay(moved.code, OTERO, there, None)]}
    for head in others:
        since = day - timedelta(days=chance.between(6, 110))
        held[head.code] = [Stay(head.code, chance.one(PLACES), since, None)]
    return held


def _past(chance: Chance, head: Member, day: date, longest: list[int]) -> list[Stay]:
    plan = recipe()["custody"]
    share = plan["ever"].get(head.entry, 0.05)
    marked = "once_detained" in head.marks
    if not (chance.happens(share) or marked):
        return []
    length = chance.skewed(plan["days"]["median"], plan["days"]["sigma"])
    whole = int(min(max(length, 2), 400))
    room = (day - head.joined_on).days - 30
    if longest and room > 900 and head.entry == "between_ports":
        whole = longest.pop()
    if whole > room:
        return []
    since = head.joined_on + timedelta(days=chance.below(max(min(room - whole, 200), 1)))
    return [Stay(head.code, chance.one(PLACES), since, since + timedelta(days=whole))]
