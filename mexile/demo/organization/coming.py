"""The near window: the events of the last working days that nobody has closed yet, today's,
and those of the next sixty days.

Courts, ICE and USCIS are met on working days only; on a Saturday there is a detention visit
and a food table, on a Sunday a visit, so that no day opens empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.custody import Stay
from mexile.demo.organization.household import Household
from mexile.demo.organization.walking import Walking

AHEAD, DOCKET = 60, 14
LEGAL = ("hearing", "ice_checkin", "biometrics", "interview")
DOCKET_EVENTS = 15
DRIVERS = ("beto", "fermin", "hector", "mateo")


@dataclass(frozen=True)
class Company:
    """A companion beside the one responsible; unconfirmed is a gap that one sees."""

    worker: str
    role: str
    confirmed: bool


@dataclass(frozen=True)
class Coming:
    """An event without an outcome: ahead of us, or behind us and still to close."""

    kind: str
    on: date
    minute: int
    members: tuple[str, ...]
    worker: str
    company: tuple[Company, ...] = ()


def coming(
    seed: int, day: date, homes: tuple[Household, ...], stays: tuple[Stay, ...], walk: Walking
) -> tuple[Coming, ...]:
    """All of the window, by day and hour."""
    chance = Chance(seed, "coming")
    held = [stay for stay in stays if stay.covers(day)]
    inside = {stay.member for stay in held}
    free = [h for h in homes if walk.first.get(h.code) and h.head.code not in inside]
    found = [
        *_to_close(day, free, walk),
        *_today(day, free, held),
        *_docket(chance, day, free, walk),
        *_weekly(chance, day, free, held),
        *_later(chance, day, free, walk),
    ]
    return tuple(sorted(found, key=lambda event: (event.on, event.minute, event.kind, event.members)))


def marked(homes: list[Household], mark: str) -> Household:
    """The household whose head carries this mark."""
    return next(home for home in homes if mark in home.head.marks)


def _to_close(day: date, free: list[Household], walk: Walking) -> Iterator[Coming]:
    """Yesterday's check-in of Lucía; and two hearings of last month, of which Friday's report complains."""
    yesterday = calendar.working_before(day)
    yield Coming("ice_checkin", yesterday, 10 * 60, (marked(free, "checked_in").head.code,), "lucia")
    others = [home.head for home in free if walk.first[home.code] == "ximena"]
    for back, head in zip((4, 15), others, strict=False):
        on = calendar.working_before(day.replace(day=1) - timedelta(days=back))
        yield Coming("hearing", on, 9 * 60, (head.code,), "ximena")


def _today(day: date, free: list[Household], held: list[Stay]) -> Iterator[Coming]:
    """Court at half past eight with Beto at the wheel, or the weekend's visit; a group in the evening."""
    walked = marked(free, "walk")
    if calendar.is_working(day):
        people = tuple(member.code for member in marked(free, "court").members)
        beside = (Company("beto", "driver", True), Company("hector", "observer", False))
        yield Coming("hearing", day, 510, people, "lucia", beside)
    else:
        yield Coming("visit", day, 570, (held[0].member,), "lucia", (Company("david", "accompanier", True),))
    if day.weekday() == calendar.SATURDAY:
        people = tuple(m.code for home in free[-6:] for m in home.members)
        yield Coming("food_table", day, 11 * 60, people, "carmela")
    evening = tuple(home.head.code for home in free[-9:])
    yield Coming(
        "group",
        day,
        18 * 60 + 30,
        tuple(dict.fromkeys((walked.head.code, *evening))),
        "lucia",
        (Company("irma", "accompanier", True),),
    )


def _docket(chance: Chance, day: date, free: list[Household], walk: Walking) -> Iterator[Coming]:
    """The next fourteen days before courts and offices: as many as a small organization walks to."""
    mine = [h for h in chance.shuffled(free) if not h.head.marks]
    hers = [home for home in mine if walk.first[home.code] == "lucia"]
    rest = [home for home in mine if home not in hers]
    homes = [home for pair in zip(hers[:5], rest, strict=False) for home in pair] + rest[5:]
    open_days = calendar.working_days(day + calendar.ONE_DAY, day + timedelta(days=DOCKET))
    kinds = chance.deal(dict(zip(LEGAL, (0.4, 0.36, 0.12, 0.12), strict=True)), DOCKET_EVENTS - 1)
    for place, (kind, home) in enumerate(zip(kinds, homes, strict=False)):
        on = open_days[place % len(open_days)]
        yield _legal(chance, kind, on, home, walk)


def _legal(chance: Chance, kind: str, on: date, home: Household, walk: Walking) -> Coming:
    people = tuple(m.code for m in home.members) if chance.happens(0.4) else (home.head.code,)
    company: tuple[Company, ...] = ()
    if chance.happens(0.6):
        company = (Company(chance.one(DRIVERS), "driver", chance.happens(0.7)),)
    return Coming(kind, on, chance.between(16, 28) * 30, people, walk.first[home.code], company)


def _weekly(chance: Chance, day: date, free: list[Household], held: list[Stay]) -> Iterator[Coming]:
    """Visits and food tables at the weekend, the group on Wednesday evening."""
    for on in calendar.days(day + calendar.ONE_DAY, day + timedelta(days=AHEAD)):
        if on.weekday() == calendar.SATURDAY:
            homes = chance.some(free, 8)
            yield Coming("food_table", on, 660, tuple(m.code for h in homes for m in h.members), "carmela")
        if on.weekday() >= calendar.SATURDAY:
            yield Coming("visit", on, 570, (chance.one(held).member,), chance.one(("david", "esther", "lucia")))
        if on.weekday() == 2:
            yield Coming("group", on, 18 * 60, tuple(h.head.code for h in chance.some(free, 10)), "irma")


def _later(chance: Chance, day: date, free: list[Household], walk: Walking) -> Iterator[Coming]:
    """Beyond the docket, to the end of the window."""
    days = calendar.working_days(day + timedelta(days=DOCKET + 1), day + timedelta(days=AHEAD))
    for on in days:
        for _ in range(chance.below(3)):
            yield _legal(chance, chance.one(LEGAL[:2]), on, chance.one(free), walk)
