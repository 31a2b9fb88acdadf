"""What was done for people: thirty thousand services, and the dates they were done at."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance, split
from mexile.demo.organization.event import Dates
from mexile.demo.organization.household import Member
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe
from mexile.ground.vocabulary import vocabulary
from mexile.services.service.rules import quantity

TABLES_SINCE = date(2022, 1, 1)
LAGS = {"0": (0, 0), "1": (1, 1), "2-7": (2, 7), "8-30": (8, 30), "31+": (31, 75)}
"""How many days later a service is written down, by the recipe's words."""
OWN_PEOPLE = ("lucia", "nora")
"""Who logs for people of their own alone."""

Codes = tuple[str, ...]


class _People:
    """Who may be met on a day, and how eagerly each comes."""

    def __init__(self, plan: Plan):
        self.plan, self.words = plan, recipe()["services"]
        self.home_of = {code: home for home in plan.households for code in home.codes}
        self.eager = {member.code: self._eager(member) for member in plan.members}
        self.week: tuple[date | None, list[Member], list[float]] = (None, [], [])

    def _eager(self, member: Member) -> float:
        chance = self.plan.chance("eager", member.code)
        is_dormant = chance.happens(self.words["dormant_share"]) and "walk" not in member.marks
        return (chance.expovariate(1) + 0.15) * (0.06 if is_dormant else 1) * (0.2 if member.is_child else 1)

    def meet(self, chance: Chance, day: date) -> Member:
        """Somebody who is here; weights are those of the week's first day that asks."""
        monday = day - timedelta(days=day.weekday())
        if self.week[0] != monday:
            here = [member for member in self.plan.members if member.is_here(day)]
            held = set(self.held(day))
            self.week = (monday, here, list(accumulate(self._weight(member, day, held) for member in here)))
        while True:
            member = chance.choices(self.week[1], cum_weights=self.week[2])[0]
            if member.is_here(day):
                return member

    def _weight(self, member: Member, day: date, held: set[str]) -> float:
        is_new = (day - member.joined_on).days < 183
        weight = self.eager[member.code] * (self.words["boost_first_half_year"] if is_new else 1)
        return float(weight * (self.words["boost_detained"] if member.code in held else 1))

    def held(self, day: date) -> list[str]:
        return [stay.member for stay in self.plan.stays if stay.covers(day)]

    def family(self, code: str, day: date) -> Codes:
        return tuple(member.code for member in self.home_of[code].members if member.is_here(day)) or (code,)


def add_services(plan: Plan, dates: Dates) -> None:
    """All services up to the day and the dates at which they were done, both by day."""
    services = _Services(plan, dates)
    for on, kind, is_table in services.slots():
        services.add(on, kind, is_table)


class _Services:
    """Adds one service after the other."""

    def __init__(self, plan: Plan, dates: Dates):
        self.plan, self.dates, self.people = plan, dates, _People(plan)
        self.words: dict[str, Any] = recipe()["services"]
        self.chance, self.again = plan.chance("acts"), plan.chance("again")
        self.kinds = {code: term.more for code, term in vocabulary("service_type").items()}
        self.seen: set[tuple[str, str, date]] = set()
        """Who had which kind of service on which day."""

    def _counts(self) -> dict[date, int]:
        """How many services on each day; together the target. Nothing yet today."""
        words, weights = self.words, {}
        years = {int(year): factor for year, factor in words["year_factor"].items()}
        for on in calendar.days(calendar.beginning(self.plan.day), self.plan.ago(1)):
            weight = words["weekday_factor"][on.weekday()] * words["month_factor"][on.month - 1]
            is_holiday = on.weekday() < calendar.SATURDAY and not calendar.is_working(on)
            weights[on] = weight * years.get(on.year, years[max(years)]) * (0.05 if is_holiday else 1)
        return dict(zip(weights, split(words["target"], list(weights.values())), strict=True))

    def slots(self) -> Iterator[tuple[date, str, bool]]:
        """Each service's day and kind, kinds in their shares; True marks a Saturday's food table.

        What needs an open office is kept for working days; on the others people are visited,
        called, fed and driven.
        """
        counts = self._counts()
        kinds = self.chance.deal(self.words["mix"], sum(counts.values()))
        closed = {on for on in counts if not calendar.is_working(on)}
        tables = {on for on in closed if on.weekday() == calendar.SATURDAY and on >= TABLES_SINCE and counts[on]}
        fixed = {(on, 0): "food" for on in tables} | {(on, 1): "visit_det" for on in closed if counts[on] > 1}
        for kind in fixed.values():
            kinds.remove(kind)
        room = sum(counts[on] for on in closed) - len(fixed)
        quiet = [kind for kind in kinds if kind in self.words["open_on_closed_days"]][:room]
        for kind in quiet:
            kinds.remove(kind)
        for on, count in counts.items():
            for place in range(count):
                kind = fixed.get((on, place)) or (quiet if on in closed else kinds).pop()
                yield on, kind, place == 0 and on in tables

    def add(self, on: date, kind: str, is_table: bool) -> None:
        words, chance = self.words, self.chance
        members = self._not_yet(on, kind, self._members(on, kind, is_table))
        others = chance.randrange(7) if is_table or kind in words["gathered"] else 0
        by_phone = chance.happens(words["by_phone"].get(kind, 0.0))
        dollars = words["dollars"].get(kind)
        row = self.plan.add(
            "service",
            type_code=kind,
            unit=self.kinds[kind]["unit"],
            on=on,
            minutes=150 if is_table else self._minutes(kind),
            quantity=self._quantity(kind, members, others),
            amount_cents=chance.choice(dollars) * 100 if dollars else None,
            place="office" if by_phone and kind != "call_det" else words["place"].get(kind, "office"),
            mode="phone" if by_phone else "in_person",
            by_user_id="carmela" if is_table else self._worker(kind, members),
            logged_at=self._logged_at(on),
            others=others,
        )
        if chance.happens(0.04) and len(members) == 1:
            row.update(note=chance.choice(words["note"]), key_id=members[0])
        if is_table or kind in words["at_event"]:
            row["event_id"] = self._add_date(row, members, is_table)
        about = {"service_id": row.id, "on": on, "type_code": kind}
        for code in members:
            self.plan.link("service_person", member_id=code, **about)

    def _add_date(self, service: Row, members: Codes, is_table: bool) -> int:
        """The date it was done at, with what came of it."""
        chance = self.chance
        kind = "food_table" if is_table else self.words["at_event"][service.type_code]
        if kind == "interview" and chance.happens(0.45):
            kind = "biometrics"
        minute = 660 if is_table else chance.randint(16, 32) * 30
        event = self.dates.add(kind, service.on, minute, members, service.by_user_id)
        self.dates.close(event, "continued" if kind == "hearing" and chance.happens(0.3) else "done")
        return int(event.id)

    def _quantity(self, kind: str, members: Codes, others: int) -> int:
        given = self.chance.randint(*self.words["units"].get(kind, (1, 1)))
        households = len({self.people.home_of[code].code for code in members})
        return quantity(self.kinds[kind]["counts"], given, len(members) + others, households)

    def _worker(self, kind: str, members: Codes) -> str:
        """Mostly who walks with the household; nobody logs for people of whom they know nothing."""
        chance, team = self.chance, self.words["team"][self.words["team_of"].get(kind, "home")]
        first = self.plan.first.get(self.people.home_of[members[0]].code)
        if first is None or kind in self.words["gathered"]:
            return chance.weighted(team)
        if first in team and chance.happens(0.6 if first in OWN_PEOPLE else 0.25):
            return first
        return chance.weighted({word: team[word] for word in team if word == first or word not in OWN_PEOPLE})

    def _members(self, on: date, kind: str, is_table: bool) -> Codes:
        chance, people = self.chance, self.people
        if is_table:
            met = [people.meet(chance, on).code for _ in range(chance.randint(5, 11))]
            return tuple(dict.fromkeys(other for code in met for other in people.family(code, on)))
        if kind in self.words["gathered"]:
            return tuple(dict.fromkeys(people.meet(chance, on).code for _ in range(chance.randint(5, 14))))
        held = people.held(on) if kind in self.words["held"] else []
        if held:
            return (chance.choice(held),)
        code = people.meet(chance, on).code
        return people.family(code, on) if chance.happens(self.words["family"].get(kind, 0.0)) else (code,)

    def _not_yet(self, on: date, kind: str, members: Codes) -> Codes:
        """Those of the people who haven't had this on that day, else somebody who hasn't: one encounter counts once. In
        the first weeks, when only a handful is here, nobody may be left who hasn't."""
        left = tuple(code for code in members if (code, kind, on) not in self.seen)
        for _ in range(0 if left else 200):
            code = self.people.meet(self.again, on).code
            if (code, kind, on) not in self.seen:
                left = (code,)
                break
        self.seen.update((code, kind, on) for code in left)
        return left or members

    def _minutes(self, kind: str) -> int:
        usual = self.words["minutes"]
        minutes = usual.get(kind, usual["default"]) * self.chance.lognormvariate(0, 0.28)
        return int(min(max(round(minutes / 5) * 5, 5), 600))

    def _logged_at(self, on: date) -> tuple[date, int]:
        days = self.chance.randint(*LAGS[self.chance.weighted(self.words["entry_lag"])])
        return min(on + timedelta(days=days), self.plan.day), self.chance.randint(9 * 60, 18 * 60)
