"""Deadlines: the last day on which something may be done, and why that day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from mexile.deadlines.clock.rules import Segment
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.rules import Reckoning, reckon
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.rules import Rule
from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.walking import Walking

OFFICES = OpenDays()
FEE_OPEN_DAYS = 30
ORAL_DECISION = date(2026, 10, 27)
IN_ABSENTIA_ORDER = date(2026, 6, 15)


@dataclass(frozen=True)
class Term:
    """One deadline as the engine reckoned it. `closed_on` is the day on which it was met or set aside."""

    reckoning: Reckoning
    member: str
    worker: str
    closed_on: date | None = None
    closed_because: str = ""

    @property
    def rule(self) -> str:
        return self.reckoning.rule.code

    @property
    def fatal(self) -> bool:
        return self.reckoning.rule.fatal

    @property
    def due_on(self) -> date:
        return self.reckoning.due_on

    @property
    def internal_on(self) -> date | None:
        return self.reckoning.internal_on

    @property
    def second(self) -> str | None:
        """Who else answers, where nothing can be mended: the attorney, or the director beside her."""
        if not self.fatal:
            return None
        return "elena" if self.worker == "ximena" else "ximena"

    @property
    def inputs(self) -> str:
        return json.dumps(self.reckoning.inputs, separators=(",", ":"))


@dataclass(frozen=True)
class Stretch:
    """Days of a work-permit clock."""

    member: str
    segment: Segment
    document: str


@dataclass(frozen=True)
class Card:
    """A work permit."""

    member: str
    issued_on: date
    ends_on: date


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(own_rules())


def _term(
    code: str,
    trigger_on: date,
    member: Member,
    worker: str,
    closed: tuple[date | None, str] = (None, ""),
    *,
    version: int | None = None,
    segments: Sequence[Segment] = (),
) -> Term:
    """The deadline that the rule of that day gives, or the one that a version gave in its time."""
    rule = next(
        one
        for one in _rules()
        if one.code == code and (one.version == version if version else one.is_binding(trigger_on))
    )
    return Term(reckon(rule, trigger_on, OFFICES, segments=segments), member.code, worker, *closed)


def terms(seed: int, day: date, homes: tuple[Household, ...], walk: Walking) -> tuple[Term, ...]:
    """All deadlines, open and closed, by day."""
    found = [
        term
        for home in homes
        for term in _of(Chance(seed, "terms", home.code), home, day, walk.first.get(home.code, "ximena"))
    ]
    found += _near(Chance(seed, "terms"), day, homes, walk)
    return tuple(sorted(found, key=lambda term: (term.due_on, term.member, term.rule)))


def _of(chance: Chance, home: Household, day: date, worker: str) -> Iterator[Term]:
    head = home.head
    yield one_year(chance, head, day, worker)
    yield from _planted(head, day)
    if chance.happens(0.45) and (day - head.joined_on).days > 120:
        yield from _moved(chance, home, day, worker)


def one_year(chance: Chance, head: Member, day: date, worker: str) -> Term:
    """The year within which asylum is asked for: INA 208(a)(2)(B), counted from the last arrival."""
    plain = _term("ASYLUM_ONE_YEAR", head.arrived_on, head, worker)
    due = plain.due_on
    filed, why = min(due - timedelta(days=chance.between(8, 200)), day - timedelta(days=3)), "Filed."
    if "lawful_status" in head.marks:
        filed, why = due + timedelta(days=40), "Exception: lawful status kept until filing, signed by the attorney."
    elif not chance.happens(0.88):
        filed, why = due + timedelta(days=chance.between(2, 90)), "Filed late; withholding asked for."
    if (day - head.arrived_on).days < 300 and due > day + timedelta(days=14):
        return plain
    closed = (min(filed, day - calendar.ONE_DAY), why)
    return _term("ASYLUM_ONE_YEAR", head.arrived_on, head, "ximena", closed)


def _moved(chance: Chance, home: Household, day: date, worker: str) -> Iterator[Term]:
    """The family moved: the court and DHS are told for each person."""
    head = home.head
    moved = head.joined_on + timedelta(days=chance.between(20, (day - head.joined_on).days - 60))
    for code in ("EOIR_33_IC", "AR_11"):
        due = _term(code, moved, head, worker).due_on
        yield _term(code, moved, head, worker, (due - calendar.ONE_DAY, "Sent."))


def _planted(head: Member, day: date) -> Iterator[Term]:
    """The legal edge cases, on their own days."""
    if "fee_due" in head.marks:
        yield fee_past(head, day)
    if "thanksgiving" in head.marks:
        plain = _term("BIA_APPEAL", ORAL_DECISION, head, "lucia")
        closed = (plain.due_on, "Received.") if plain.due_on < day else (None, "")
        yield _term("BIA_APPEAL", ORAL_DECISION, head, "lucia", closed)
    if "in_absentia" in head.marks:
        plain = _term("MTR_IN_ABSENTIA", IN_ABSENTIA_ORDER, head, "ximena")
        closed = (plain.due_on - timedelta(days=3), "Filed.") if plain.due_on < day else (None, "")
        yield _term("MTR_IN_ABSENTIA", IN_ABSENTIA_ORDER, head, "ximena", closed)
    if "work_permit_gap" in head.marks:
        yield _term("EAD_RENEWAL_WINDOW", day + timedelta(days=52), head, "ximena")
    if "stale_rule" in head.marks:
        filed = head.arrived_on + timedelta(days=20)
        plain = _term("EAD_C8_FILE", filed, head, "ximena", version=2)
        closed = (plain.due_on, "Filed under the rule of its time, vacated since.")
        yield _term("EAD_C8_FILE", filed, head, "ximena", closed, version=2)


def fee_past(head: Member, day: date) -> Term:
    """The one red line of the first page: an annual asylum fee that was due yesterday."""
    due = calendar.working_before(day)
    return _term("ANNUAL_ASYLUM_FEE", due - timedelta(days=FEE_OPEN_DAYS), head, "lucia")


NEAR = (
    ("IND_HEARING_FILINGS", 3),
    ("MOTION_RESPONSE", 5),
    ("AR_11", 6),
    ("ANNUAL_ASYLUM_FEE", 9),
    ("BOND_APPEAL", 12),
    ("EAD_RENEWAL_WINDOW", 13),
)


def _near(chance: Chance, day: date, homes: tuple[Household, ...], walk: Walking) -> Iterator[Term]:
    """What falls due within the next fourteen days."""
    heads = [h.head for h in homes if walk.first.get(h.code) in ("ximena", "nora") and not h.head.marks]
    for (code, ahead), head in zip(NEAR, chance.some(heads, len(NEAR)), strict=True):
        due = min(calendar.working_on_or_after(day + timedelta(days=ahead)), day + timedelta(days=14))
        rule = next(one for one in _rules() if one.code == code and one.is_binding(day))
        away = timedelta(days=rule.length)
        yield _term(code, due + away if rule.direction == "before" else due - away, head, "ximena")


# ---- work permits ------------------------------------------------------------------


def clocks(seed: int, day: date, homes: tuple[Household, ...], found: tuple[Term, ...]) -> tuple[Stretch, ...]:
    """The clock of every head whose application was filed in the last year and a half: it runs from the
    day of filing; some lost days that they had asked for, a few still stand."""
    made = []
    for term in found:
        if term.rule != "ASYLUM_ONE_YEAR" or term.closed_on is None:
            continue
        started = term.closed_on
        if not 0 <= (day - started).days <= 540:
            continue
        chance = Chance(seed, "clock", term.member)
        made.append(Stretch(term.member, Segment("filing", started), "I-797C"))
        room = (day - started).days
        if room > 40 and chance.happens(0.35):
            stop = started + timedelta(days=chance.between(15, room - 10))
            cause = chance.one(("applicant", "applicant", "government", "court"))
            ends = stop + timedelta(days=chance.between(14, 70))
            made.append(
                Stretch(term.member, Segment(cause, stop, ends if ends < day else None), "Hearing notice / Citatorio")
            )
    return tuple(made)


def cards(seed: int, day: date, homes: tuple[Household, ...], stretches: tuple[Stretch, ...]) -> tuple[Card, ...]:
    """Cards of those whose clock passed 180 days long ago, and the one that ends before the next comes."""
    made = []
    for home in homes:
        if "work_permit_gap" in home.head.marks:
            ends = day + timedelta(days=52)
            made.append(Card(home.head.code, calendar.months_later(ends, -18), ends))
    for one in stretches:
        issued = one.segment.from_on + timedelta(days=260)
        if one.segment.cause == "filing" and issued <= day and one.member not in {card.member for card in made}:
            made.append(Card(one.member, issued, calendar.months_later(issued, 18)))
    return tuple(made)
