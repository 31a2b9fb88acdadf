"""What was done for people: thirty thousand services, and the events they were done at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance, split
from mexile.demo.organization.custody import Stay
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.recipe import recipe

LEGAL = "consult consult_mx i589 declaration evidence ead bond_prep bond_fund parole habeas appeal foia address fees expert".split()
WEEKEND = "visit_det call_det food event transport emergency interp media english".split()
FAMILY = {
    "food": 0.75,
    "housing": 0.8,
    "clothing": 0.7,
    "transport": 0.4,
    "emergency": 0.6,
    "safety_plan": 0.7,
    "acc_court": 0.35,
    "acc_ice": 0.3,
    "school": 0.3,
    "address": 0.8,
}
HELD = frozenset({"visit_det", "call_det", "locate", "bond_prep"})
GATHERED = frozenset({"orient", "group", "english", "event"})
AT_EVENT = {
    "acc_court": "hearing",
    "acc_ice": "ice_checkin",
    "acc_interview": "interview",
    "visit_det": "visit",
    "orient": "group",
    "group": "group",
    "english": "group",
    "event": "other",
}
PLACES = {
    "acc_court": "court", "acc_ice": "ice", "acc_interview": "uscis", "visit_det": "detention",
    "call_det": "detention", "consult_mx": "juarez", "medical": "clinic", "school": "school",
    "group": "community", "english": "community", "event": "community", "food": "community",
    "housing": "home", "therapy": "clinic", "psych_eval": "clinic",
}  # fmt: skip
BY_PHONE = {"call_det": 1.0, "locate": 1.0, "consult": 0.2, "benefits": 0.3, "interp": 0.35, "foia": 1.0}
UNITS = {"housing": (1, 14), "translate": (1, 12)}
TABLES_SINCE = date(2022, 1, 1)
LAGS = {"0": (0, 0), "1": (1, 1), "2-7": (2, 7), "8-30": (8, 30), "31+": (31, 75)}
OWN_PEOPLE = ("lucia", "nora")
TEAMS = {
    "acc": {"lucia": 0.42, "hector": 0.16, "mateo": 0.16, "beto": 0.1, "ximena": 0.1, "nora": 0.06},
    "held": {"david": 0.3, "esther": 0.3, "lucia": 0.25, "ximena": 0.15},
    "legal": {"ximena": 0.62, "lucia": 0.22, "nora": 0.16},
    "health": {"kate": 0.4, "irma": 0.3, "olivia": 0.2, "lucia": 0.1},
    "home": {"lucia": 0.38, "carmela": 0.2, "olivia": 0.18, "nora": 0.14, "fermin": 0.1},
    "words": {"grace": 0.4, "julian": 0.4, "abril": 0.2},
    "public": {"elena": 0.8, "abril": 0.2},
}
TEAM = {
    **dict.fromkeys(("acc_court", "acc_ice", "acc_interview"), "acc"),
    **dict.fromkeys(("visit_det", "call_det", "locate"), "held"),
    **dict.fromkeys(LEGAL, "legal"),
    **dict.fromkeys(("psych_eval", "therapy", "group", "medical"), "health"),
    **dict.fromkeys(("interp", "translate", "english"), "words"),
    **dict.fromkeys(("media", "advocacy", "iachr", "event", "search_mx"), "public"),
}

Had = tuple[str, str, date]
"""That a member had a kind of service on a day."""


@dataclass(frozen=True)
class Act:
    """One service: one act with its people, never copies of it."""

    type: str
    on: date
    members: tuple[str, ...]
    minutes: int
    quantity: int
    cents: int | None
    place: str
    mode: str
    worker: str
    logged_after: int
    logged_at: int
    others: int
    event: int | None
    note: bool


@dataclass(frozen=True)
class Past:
    """An event that has happened, with what came of it."""

    kind: str
    on: date
    minute: int
    members: tuple[str, ...]
    worker: str
    place: str
    outcome: str


class _People:
    """Who may be met on a day, and how eagerly each comes."""

    def __init__(self, seed: int, homes: tuple[Household, ...], stays: tuple[Stay, ...], first: dict[str, str]):
        self.again = Chance(seed, "again")
        self.first = first
        self.homes = {home.code: home for home in homes}
        self.members = [member for home in homes for member in home.members]
        self.home_of = {member.code: member.household for member in self.members}
        self.stays = stays
        self.held_on: dict[str, list[Stay]] = {}
        for stay in stays:
            self.held_on.setdefault(stay.member, []).append(stay)
        plan = recipe()["services"]
        self.eager = {}
        for member in self.members:
            own = Chance(seed, "eager", member.code)
            dormant = own.happens(plan["dormant_share"]) and "walk" not in member.marks
            child = member.profile == "child"
            self.eager[member.code] = (own.eager() + 0.15) * (0.06 if dormant else 1) * (0.2 if child else 1)
        self.boost = plan["boost_first_half_year"]
        self.held_boost = plan["boost_detained"]
        self.week: tuple[date | None, list[Member], list[float]] = (None, [], [])

    def of_week(self, day: date) -> tuple[list[Member], list[float]]:
        monday = day - timedelta(days=day.weekday())
        if self.week[0] != monday:
            here = [member for member in self.members if member.is_here(day)]
            self.week = (monday, here, list(accumulate(self._weight(m, day) for m in here)))
        return self.week[1], self.week[2]

    def _weight(self, member: Member, day: date) -> float:
        weight = self.eager[member.code]
        if (day - member.joined_on).days < 183:
            weight *= self.boost
        if any(stay.covers(day) for stay in self.held_on.get(member.code, ())):
            weight *= self.held_boost
        return weight

    def one(self, chance: Chance, day: date) -> Member:
        members, running = self.of_week(day)
        while True:
            member = chance.by_weight(members, running)
            if member.is_here(day):
                return member

    def held(self, chance: Chance, day: date) -> Member:
        inside = [stay.member for stay in self.stays if stay.covers(day)]
        if not inside:
            return self.one(chance, day)
        code = chance.one(inside)
        return next(m for m in self.members if m.code == code)

    def family(self, member: Member, day: date) -> tuple[str, ...]:
        return tuple(m.code for m in self.homes[member.household].members if m.is_here(day)) or (member.code,)


def acts(
    seed: int, day: date, homes: tuple[Household, ...], stays: tuple[Stay, ...], first: dict[str, str]
) -> tuple[tuple[Act, ...], tuple[Past, ...]]:
    """All services up to `day` and the events at which they were done, both by day."""
    chance = Chance(seed, "acts")
    people = _People(seed, homes, stays, first)
    counts = _counts(day)
    made: list[Act] = []
    pasts: list[Past] = []
    had: set[Had] = set()
    for on, type_code, table in _slots(chance, counts):
        act = _act(chance, people, on, type_code, table, day, len(pasts), had)
        if act.event is not None:
            pasts.append(_past(chance, act, table))
        made.append(act)
    return tuple(made), tuple(pasts)


def _counts(day: date) -> dict[date, int]:
    """How many services on each day; together the target."""
    plan = recipe()["services"]
    years = {int(year): factor for year, factor in plan["year_factor"].items()}
    weights = {}
    for on in calendar.days(calendar.beginning(day), day):
        weight = plan["weekday_factor"][on.weekday()] * plan["month_factor"][on.month - 1]
        weight *= years.get(on.year, years[max(years)])
        if on.weekday() < calendar.SATURDAY and not calendar.is_working(on):
            weight *= 0.05
        weights[on] = weight * (on != day)
    return dict(zip(weights, split(plan["target"], list(weights.values())), strict=True))


def _slots(chance: Chance, counts: dict[date, int]) -> Iterator[tuple[date, str, bool]]:
    """Each service's day and type, types in their shares; True marks a Saturday's food table.

    What needs an open office is kept for working days; on the others people are visited,
    called, fed and driven.
    """
    types = chance.deal(recipe()["services"]["mix"], sum(counts.values()))
    tables = {on for on in counts if on.weekday() == calendar.SATURDAY and on >= TABLES_SINCE and counts[on]}
    closed = {on for on in counts if not calendar.is_working(on)}
    visits = sum(1 for on in closed if counts[on] > 1)
    _out(types, "food", len(tables))
    _out(types, "visit_det", visits)
    quiet = [word for word in types if word in WEEKEND]
    quiet = quiet[: sum(counts[on] for on in closed) - len(tables) - visits]
    for word in quiet:
        types.remove(word)
    types = chance.shuffled(types)
    for on, count in counts.items():
        for place in range(count):
            table = place == 0 and on in tables
            fixed = "food" if table else "visit_det" if on in closed and place == 1 else None
            yield on, fixed or (quiet if on in closed else types).pop(), table


def _out(types: list[str], word: str, count: int) -> None:
    for _ in range(count):
        types.remove(word)


def _act(
    chance: Chance, people: _People, on: date, word: str, table: bool, day: date, events: int, had: set[Had]
) -> Act:
    members = _not_yet(people, on, word, _members(chance, people, on, word, table), had)
    cents = _cents(chance, word)
    lag, at = _lag(chance, on, day)
    low, high = UNITS.get(word, (1, 1))
    quantity = chance.between(low, high)
    if word in GATHERED:
        quantity = len(members)
    elif table:
        quantity = len(members) // 2 + 1
    phone = chance.happens(BY_PHONE.get(word, 0.0))
    return Act(
        type=word,
        on=on,
        members=members,
        minutes=150 if table else _minutes(chance, word),
        quantity=quantity,
        cents=cents,
        place="office" if phone and word != "call_det" else PLACES.get(word, "office"),
        mode="phone" if phone else "in_person",
        worker="carmela" if table else _worker(chance, people, word, members),
        logged_after=lag,
        logged_at=at,
        others=chance.below(7) if word in GATHERED or table else 0,
        event=events if table or word in AT_EVENT else None,
        note=chance.happens(0.04),
    )


def _worker(chance: Chance, people: _People, word: str, members: tuple[str, ...]) -> str:
    """Mostly the one who walks with the household; nobody logs for people of whom they know nothing."""
    team = TEAMS[TEAM.get(word, "home")]
    if word in GATHERED:
        return chance.weighted(team)
    first = people.first.get(people.home_of[members[0]])
    if first in team and chance.happens(0.6 if first in OWN_PEOPLE else 0.25):
        return first
    others = {name: share for name, share in team.items() if name == first or name not in OWN_PEOPLE}
    return chance.weighted(others if first else team)


def _members(chance: Chance, people: _People, on: date, word: str, table: bool) -> tuple[str, ...]:
    if table:
        return _several(chance, people, on, chance.between(5, 11), with_family=True)
    if word in GATHERED:
        return _several(chance, people, on, chance.between(5, 14), with_family=False)
    if word in HELD:
        return (people.held(chance, on).code,)
    member = people.one(chance, on)
    if chance.happens(FAMILY.get(word, 0.0)):
        return people.family(member, on)
    return (member.code,)


def _not_yet(people: _People, on: date, word: str, members: tuple[str, ...], had: set[Had]) -> tuple[str, ...]:
    """Those of the people who haven't had this on that day, else somebody who hasn't: one encounter counts once. In
    the first weeks, when only a handful is here, nobody may be left who hasn't."""
    left = tuple(code for code in members if (code, word, on) not in had)
    for _ in range(0 if left else 200):
        code = people.one(people.again, on).code
        if (code, word, on) not in had:
            left = (code,)
            break
    had.update((code, word, on) for code in left)
    return left or members


def _several(chance: Chance, people: _People, on: date, count: int, with_family: bool) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for _ in range(count):
        member = people.one(chance, on)
        for code in people.family(member, on) if with_family else (member.code,):
            found[code] = None
    return tuple(found)


def _minutes(chance: Chance, word: str) -> int:
    usual = recipe()["services"]["minutes"]
    minutes = chance.skewed(usual.get(word, usual["default"]), 0.28)
    return int(min(max(round(minutes / 5) * 5, 5), 600))


def _cents(chance: Chance, word: str) -> int | None:
    dollars = recipe()["services"]["dollars"].get(word)
    return chance.one(dollars) * 100 if dollars else None


def _lag(chance: Chance, on: date, day: date) -> tuple[int, int]:
    """Days until it was written down, and the minute of that day."""
    low, high = LAGS[chance.weighted(recipe()["services"]["entry_lag"])]
    return min(chance.between(low, high), (day - on).days), chance.between(9 * 60, 18 * 60)


def _past(chance: Chance, act: Act, table: bool) -> Past:
    kind = "food_table" if table else AT_EVENT[act.type]
    if kind == "interview" and chance.happens(0.45):
        kind = "biometrics"
    outcome = "continued" if kind == "hearing" and chance.happens(0.3) else "done"
    minute = 11 * 60 if table else chance.between(16, 32) * 30
    return Past(kind, act.on, minute, act.members, act.worker, act.place, outcome)
