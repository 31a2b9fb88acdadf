"""Dates: what they know of their case, their place and their source; those still to come.

Courts, ICE and USCIS are met on working days only; on a Saturday there is a detention visit
and a food table, on a Sunday a visit, so that no day opens empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from mexile.cases.event.models import OFFICIAL
from mexile.demo.organization import calendar
from mexile.demo.organization.household import Household
from mexile.demo.organization.plan import Plan, Row
from mexile.demo.organization.recipe import recipe
from mexile.ground.vocabulary import vocabulary

AHEAD, DOCKET = 60, 14
LEGAL = ("hearing", "ice_checkin", "biometrics", "interview")
DOCKET_EVENTS = 15
DRIVERS = ("beto", "fermin", "hector", "mateo")
HALF_READY = (("attorney", "yes", None), ("interpreter", "not_needed", "speaks"), ("ride", "not_yet", None))

Company = Sequence[tuple[str, str, bool]]
"""Companions beside the one responsible: who, as what, whether confirmed; a gap is one that isn't."""


class Dates:
    """Adds dates with what they know of their case."""

    def __init__(self, plan: Plan):
        self.plan, self.words = plan, recipe()["cases"]
        self.people: dict[int, list[str]] = defaultdict(list)
        for person in plan.rows["case_person"]:
            self.people[person.case_id].append(person.member_id)
        self.case_of = {code: plan.rows["case"][id - 1] for id, codes in self.people.items() for code in codes}
        self.proceedings = {proceeding.case_id: proceeding for proceeding in plan.rows["proceeding"]}

    def add(self, kind: str, on: date, minute: int, members: Iterable[str], worker: str, company: Company = ()) -> Row:
        codes = list(dict.fromkeys(members))
        case = self._case(kind, on, codes)
        proceeding = self.proceedings.get(case.id) if case and kind == "hearing" else None
        court = proceeding.place_id if proceeding and case and case.forum != "uscis" else None
        place = court or self.words["event_place"].get(kind)
        where = {"place_id": place, "place": recipe()["services"]["event_place"].get(kind)}
        where |= {"place": vocabulary("place")[place].en, "room": self.words["room"].get(kind)} if place else {}
        about = {"case_id": case and case.id, "proceeding_id": proceeding and proceeding.id}
        moment = {"on": on, "at": time(*divmod(minute, 60))}
        event = self.plan.add("event", kind=kind, owner_user_id=worker, **moment, **where, **about)
        if kind == "hearing":
            event["hearing_type"] = "MR" if event.id % 4 else "II"
        for code in codes:
            self.plan.link("event_person", event_id=event.id, member_id=code)
        for word, role, is_confirmed in company:
            confirmed_at = on - timedelta(days=2) if is_confirmed else None
            self.plan.link("event_companion", event_id=event.id, user_id=word, role=role, confirmed_at=confirmed_at)
        return event

    def _case(self, kind: str, on: date, codes: list[str]) -> Row | None:
        """The case it belongs to, where all of its people do."""
        case = self.case_of.get(codes[0]) if kind in OFFICIAL else None
        return case if case and case.opened_on <= on and set(codes) <= set(self.people[case.id]) else None

    def close(self, event: Row, outcome: str) -> None:
        """What came of it, and whose continuance it was."""
        by = {"by_user_id": event.owner_user_id, "at": (event.on, 18 * 60)}
        row = self.plan.add("event_outcome", event_id=event.id, outcome=outcome, **by)
        if outcome == "continued":
            cause = self.plan.chance("cause", event.id).weighted(self.words["clock_cause"])
            sheet = {"clock_cause": cause, "interpreter": "phone" if event.id % 3 else "in_room"}
            sheet |= {"result": "reset", "attorney": "ours", "enforcement_seen": event.id % 11 == 0}
            self.plan.link("outcome_sheet", outcome_id=row.id, **sheet)

    def verify(self, event: Row) -> None:
        """Who made sure of a date that is ahead, and when; of some nobody did yet."""
        chance = self.plan.chance("seen", event.id)
        if chance.happens(0.9):
            ago = chance.randrange(6) if chance.happens(0.65) else chance.choice((8, 10, 12, 16, 19, 19, 24))
            event.update(source=chance.weighted(self.words["source"]), verified_at=self.plan.ago(ago))
            event["verified_by_user_id"] = "lucia" if event.id % 2 else "ximena"

    def link(self) -> None:
        """A hearing that was moved names the next of the same case."""
        hearings: dict[int, list[Row]] = defaultdict(list)
        for event in sorted(self.plan.rows["event"], key=lambda event: (event.on, event.id)):
            if event.kind == "hearing" and event.case_id:
                hearings[event.case_id].append(event)
        following = {a.id: b.id for events in hearings.values() for a, b in pairwise(events) if a.on < b.on}
        for outcome in self.plan.rows["event_outcome"]:
            if outcome.outcome == "continued":
                outcome["next_event_id"] = following.get(outcome.event_id)


class _Window:
    """The near window: the last working days that nobody has closed yet, today, and the next sixty days."""

    def __init__(self, plan: Plan, dates: Dates):
        self.plan, self.day, self.first = plan, plan.day, plan.first
        self.dates, self.chance = dates, plan.chance("coming")
        inside = {stay.member for stay in plan.held}
        self.free = [home for home in plan.households if home.code in plan.first and home.head.code not in inside]

    def _marked(self, mark: str) -> Household:
        return next(home for home in self.free if mark in home.head.marks)

    def add_to_close(self) -> None:
        """Yesterday's check-in of Lucía; and two hearings of last month, of which Friday's report complains."""
        head = self._marked("checked_in").head
        self.dates.add("ice_checkin", calendar.working_before(self.day), 600, [head.code], "lucia")
        others = [home.head for home in self.free if self.first[home.code] == "ximena"]
        for back, other in zip((4, 15), others, strict=False):
            on = calendar.working_before(self.day.replace(day=1) - timedelta(days=back))
            self.dates.add("hearing", on, 540, [other.code], "ximena")

    def add_today(self) -> None:
        """Court at half past eight with Beto at the wheel, or the weekend's visit; a group in the evening."""
        if calendar.is_working(self.day):
            company = (("beto", "driver", True), ("hector", "observer", False))
            self.dates.add("hearing", self.day, 510, self._marked("court").codes, "lucia", company)
        else:
            visitors = [("david", "accompanier", True)]
            self.dates.add("visit", self.day, 570, [self.plan.held[0].member], "lucia", visitors)
        if self.day.weekday() == calendar.SATURDAY:
            self.dates.add("food_table", self.day, 660, _everybody(self.free[-6:]), "carmela")
        evening = [self._marked("walk").head.code, *(home.head.code for home in self.free[-9:])]
        self.dates.add("group", self.day, 1110, evening, "lucia", [("irma", "accompanier", True)])

    def add_docket(self) -> None:
        """The next fourteen days before courts and offices: as many as a small organization walks to."""
        plain = [home for home in self.chance.shuffled(self.free) if not home.head.marks]
        hers = [home for home in plain if self.first[home.code] == "lucia"]
        rest = [home for home in plain if home not in hers]
        homes = [home for pair in zip(hers[:5], rest, strict=False) for home in pair] + rest[5:]
        days = calendar.working_days(self.plan.ago(-1), self.plan.ago(-DOCKET))
        kinds = self.chance.deal(dict(zip(LEGAL, (0.4, 0.36, 0.12, 0.12), strict=True)), DOCKET_EVENTS - 1)
        for place, (kind, home) in enumerate(zip(kinds, homes, strict=False)):
            self._add_legal(kind, days[place % len(days)], home)

    def _add_legal(self, kind: str, on: date, home: Household) -> None:
        chance = self.chance
        people = home.codes if chance.happens(0.4) else (home.head.code,)
        company = [(chance.choice(DRIVERS), "driver", chance.happens(0.7))] if chance.happens(0.6) else []
        self.dates.add(kind, on, chance.randint(16, 28) * 30, people, self.first[home.code], company)

    def add_rest(self) -> None:
        """Visits and food tables at the weekend, the group on Wednesday evening; beyond the docket, to the end of the
        window, a few more before courts and offices."""
        chance = self.chance
        for on in calendar.days(self.plan.ago(-1), self.plan.ago(-AHEAD)):
            if on.weekday() == calendar.SATURDAY:
                self.dates.add("food_table", on, 660, _everybody(chance.some(self.free, 8)), "carmela")
            if on.weekday() >= calendar.SATURDAY:
                visitor = chance.choice(("david", "esther", "lucia"))
                self.dates.add("visit", on, 570, [chance.choice(self.plan.held).member], visitor)
            if on.weekday() == 2:
                self.dates.add("group", on, 1080, [home.head.code for home in chance.some(self.free, 10)], "irma")
            if on > self.plan.ago(-DOCKET) and calendar.is_working(on):
                for _ in range(chance.randrange(3)):
                    self._add_legal(chance.choice(LEGAL[:2]), on, chance.choice(self.free))


def _everybody(homes: Iterable[Household]) -> list[str]:
    return [code for home in homes for code in home.codes]


def add_coming(plan: Plan, dates: Dates) -> None:
    """All that has no outcome, and what stands before the next appearance of whoever has one: it is half answered."""
    window, before = _Window(plan, dates), len(plan.rows["event"])
    window.add_to_close()
    window.add_today()
    window.add_docket()
    window.add_rest()
    ahead = [event for event in plan.rows["event"][before:] if event.kind in LEGAL]
    next_of: dict[str, Row] = {}
    for event in sorted(ahead, key=lambda event: (event.on, event.at)):
        dates.verify(event)
        if event.on >= plan.day:
            next_of.setdefault(event.owner_user_id, event)
    for event in next_of.values():
        answered = {"event_id": event.id, "by_user_id": event.owner_user_id, "at": plan.day}
        for item, answer, reason in HALF_READY:
            plan.add("readiness", item=item, answer=answer, reason=reason, **answered)
    dates.link()
    _add_undated(plan, dates)


def _add_undated(plan: Plan, dates: Dates) -> None:
    """Three dates whose day nobody knows: the office will set it, only the month, not known."""
    month = plan.ago(plan.day.day - 1 - 130).replace(day=1)
    kinds = (("hearing", "to_be_set", None), ("interview", "month", month), ("interview", "unknown", None))
    closed = {closure.case_id for closure in plan.rows["case_closure"]}
    cases = [case for case in plan.rows["case"] if case.id not in closed and case.filed_on][-3:]
    seen = {"source": "notice", "verified_at": plan.ago(19), "verified_by_user_id": "ximena"}
    for case, (kind, precision, on) in zip(cases, kinds, strict=False):
        own = {"case_id": case.id, "owner_user_id": "lucia", **seen}
        event = plan.add("event", kind=kind, precision=precision, on=on, **own)
        for code in dates.people[case.id]:
            plan.link("event_person", event_id=event.id, member_id=code)
