"""Who walks with whom: the assignments on which all need-to-know hangs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household

LUCIA_PEOPLE, NORA_PEOPLE = 40, 30
HERS = frozenset({"walk", "court", "checked_in", "fee_due", "thanksgiving", "leap_day", "ageing_out"})
COMPANIONS = ("beto", "hector", "mateo", "david", "esther", "olivia", "irma")


@dataclass(frozen=True)
class Assigned:
    """`worker` beside `member`, from a day to a day or until today."""

    member: str
    worker: str
    from_on: date
    to_on: date | None
    because: str
    ended_because: str | None = None


@dataclass(frozen=True)
class Walking:
    """All assignments, and the household's first companion by household code."""

    assigned: tuple[Assigned, ...]
    first: dict[str, str]


def walking(seed: int, day: date, homes: tuple[Household, ...]) -> Walking:
    """Lucía walks with about forty people, Nora with thirty newer ones, Ximena with the rest."""
    chance = Chance(seed, "walking")
    here = [home for home in homes if home.head.is_here(day)]
    first = _first(chance, here)
    rows: list[Assigned] = []
    for home in homes:
        rows += _of(Chance(seed, "walking", home.code), home, day, first.get(home.code))
    return Walking(tuple(rows), first)


def _first(chance: Chance, here: list[Household]) -> dict[str, str]:
    ordered = sorted(here, key=lambda home: not (set(home.head.marks) & HERS))
    hers, others = ordered[: len(HERS)], chance.shuffled(ordered[len(HERS) :])
    first: dict[str, str] = {}
    room = {"lucia": LUCIA_PEOPLE, "nora": NORA_PEOPLE}
    for home in [*hers, *others]:
        size = len(home.members)
        worker = next((word for word, left in room.items() if size <= left), "ximena")
        if worker in room:
            room[worker] -= size
        first[home.code] = worker
    return first


def _of(chance: Chance, home: Household, day: date, first: str | None) -> list[Assigned]:
    """The household's assignments: who walks now, a volunteer for some, who walked before."""
    start = home.head.joined_on
    handed_over = start + timedelta(days=(day - start).days // 2)
    rows = []
    before = chance.one(("nora", "ximena", "hector"))
    companion = chance.one(COMPANIONS)
    helped, handed = chance.happens(0.28), chance.happens(0.3)
    for member in home.members:
        if first is None:
            ended = home.head.left_on
            rows.append(Assigned(member.code, before, start, ended, "intake", "done"))
            continue
        if handed and before != first:
            rows.append(Assigned(member.code, before, start, handed_over, "intake", "handed_on"))
            rows.append(Assigned(member.code, first, handed_over, None, "case"))
        else:
            rows.append(Assigned(member.code, first, start, None, "intake"))
        if helped or "walk" in member.marks:
            who = "beto" if "walk" in member.marks else companion
            rows.append(Assigned(member.code, who, max(start, handed_over), None, "accompaniment"))
    return rows
