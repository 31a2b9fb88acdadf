"""Deadlines: the last day on which something may be done, and why that day; work-permit clocks and cards."""

import json
from datetime import date, timedelta
from functools import cache

from mexile.deadlines.deadline.rules import months_later, reckon
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.rules import Rule
from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.plan import Plan
from mexile.demo.organization.recipe import recipe

FEE_OPEN = timedelta(days=30)
CARD_AFTER = timedelta(days=260)
ORAL_DECISION = date(2026, 10, 27)
IN_ABSENTIA_ORDER = date(2026, 6, 15)


Closed = tuple[date, str] | None
"""The day on which a deadline was met or set aside, and what was done."""


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(own_rules())


def _rule(code: str, on: date, version: int = 0) -> Rule:
    """The rule of that day, or a version of it in its time."""
    return next(r for r in _rules() if r.code == code and (r.version == version if version else r.is_binding(on)))


def _due(code: str, on: date, version: int = 0) -> date:
    return reckon(_rule(code, on, version), on, calendar.OFFICES).due_on


class Deadlines:
    """Adds the deadlines as the engine reckons them."""

    def __init__(self, plan: Plan):
        self.plan, self.day = plan, plan.day

    def add(self, code: str, on: date, head: Member, worker: str, closed: Closed = None, version: int = 0) -> None:
        rule = _rule(code, on, version)
        result = reckon(rule, on, calendar.OFFICES)
        # Where nothing can be mended somebody else answers too: the attorney, or the director beside her.
        second = "elena" if worker == "ximena" else "ximena"
        deadline = self.plan.add(
            "deadline",
            member_id=head.code,
            rule_code=rule.code,
            rule_id=(rule.code, rule.version),
            **{name: getattr(rule, name) for name in ("fatal", "severity", "side")},
            **{name: getattr(result, name) for name in ("due_on", "internal_on", "trigger_on", "computed_on")},
            inputs=json.dumps(result.inputs, separators=(",", ":")),
            owner_user_id=worker,
            second_owner_user_id=second if rule.fatal else None,
            set_by_user_id="ximena",
            set_at=min(on, self.day),
            why_en=result.en,
            why_es=result.es,
        )
        if closed:
            closed_on, note = closed
            about = {"deadline_id": deadline.id, "member_id": head.code, "by_user_id": "ximena"}
            reason = "done" if closed_on <= result.due_on else "waived"
            self.plan.add("deadline_closure", reason=reason, note=note, at=min(closed_on, self.day), **about)

    def add_one_year(self, chance: Chance, head: Member, worker: str) -> date | None:
        """The year within which asylum is asked for: INA 208(a)(2)(B), counted from the last arrival. The day on
        which it was."""
        on, day = head.arrived_on, self.day
        due = _due("ASYLUM_ONE_YEAR", on)
        filed, why = min(due - timedelta(days=chance.randint(8, 200)), day - timedelta(days=3)), "Filed."
        if "lawful_status" in head.marks:
            filed, why = due + timedelta(days=40), "Exception: lawful status kept until filing, signed by the attorney."
        elif not chance.happens(0.88):
            filed, why = due + timedelta(days=chance.randint(2, 90)), "Filed late; withholding asked for."
        if (day - on).days < 300 and due > day + timedelta(days=14):
            self.add("ASYLUM_ONE_YEAR", on, head, worker)
            return None
        filed = min(filed, day - calendar.ONE_DAY)
        self.add("ASYLUM_ONE_YEAR", on, head, "ximena", (filed, why))
        return filed

    def add_moved(self, chance: Chance, head: Member, worker: str) -> None:
        """The family moved: the court and DHS were told."""
        here = (self.day - head.joined_on).days
        if chance.happens(0.45) and here > 120:
            on = head.joined_on + timedelta(days=chance.randint(20, here - 60))
            for code in ("EOIR_33_IC", "AR_11"):
                self.add(code, on, head, worker, (_due(code, on) - calendar.ONE_DAY, "Sent."))

    def add_planted(self, head: Member) -> None:
        """The legal edge cases, on their own days; and the one red line of the first page: a fee that was due
        yesterday."""
        day = self.day
        if "fee_due" in head.marks:
            self.add("ANNUAL_ASYLUM_FEE", calendar.working_before(day) - FEE_OPEN, head, "lucia")
        if "thanksgiving" in head.marks:
            due = _due("BIA_APPEAL", ORAL_DECISION)
            self.add("BIA_APPEAL", ORAL_DECISION, head, "lucia", (due, "Received.") if due < day else None)
        if "in_absentia" in head.marks:
            due = _due("MTR_IN_ABSENTIA", IN_ABSENTIA_ORDER)
            closed = (due - timedelta(days=3), "Filed.") if due < day else None
            self.add("MTR_IN_ABSENTIA", IN_ABSENTIA_ORDER, head, "ximena", closed)
        if "work_permit_gap" in head.marks:
            ends_on = day + timedelta(days=52)
            self.add("EAD_RENEWAL_WINDOW", ends_on, head, "ximena")
            self.add_card(head.code, months_later(ends_on, -18), ends_on)
        if "stale_rule" in head.marks:
            filed, why = head.arrived_on + timedelta(days=20), "Filed under the rule of its time, vacated since."
            self.add("EAD_C8_FILE", filed, head, "ximena", (_due("EAD_C8_FILE", filed, 2), why), version=2)
        if "lawful_status" in head.marks:
            self._add_exception(head)

    def add_near(self, chance: Chance, homes: list[Household]) -> None:
        """What falls due within the next fourteen days."""
        near = recipe()["deadlines"]["near"]
        heads = chance.some([home.head for home in homes if not home.head.marks], len(near))
        for (code, ahead), head in zip(near.items(), heads, strict=True):
            open_on = calendar.OFFICES.on_or_after(self.day + timedelta(days=ahead))
            due, rule = min(open_on, self.day + timedelta(days=14)), _rule(code, self.day)
            away = timedelta(days=rule.length)
            self.add(code, due + away if rule.direction == "before" else due - away, head, "ximena")

    # ---- work permits --------------------------------------------------------------

    def add_clock(self, chance: Chance, member: str, started: date) -> None:
        """The clock of who filed in the last year and a half; some lost days that they had asked for, a few still
        stand. Whose clock passed 180 days long ago has a card."""
        room = (self.day - started).days
        if not 0 <= room <= 540:
            return
        self._add_segment(member, "filing", started, None, "I-797C")
        if room > 40 and chance.happens(0.35):
            stop = started + timedelta(days=chance.randint(15, room - 10))
            cause, end = (
                chance.choice(("applicant", "government", "court")),
                stop + timedelta(days=chance.randint(14, 70)),
            )
            self._add_segment(member, cause, stop, end if end < self.day else None, "Hearing notice / Citatorio")
        issued_on = started + CARD_AFTER
        if issued_on <= self.day and member not in {card.member_id for card in self.plan.rows["work_permit"]}:
            self.add_card(member, issued_on, months_later(issued_on, 18))

    def _add_segment(self, member: str, cause: str, from_on: date, to_on: date | None, document: str) -> None:
        stretch = {"cause": cause, "from_on": from_on, "to_on": to_on, "document": document, "at": from_on}
        self.plan.add("clock_segment", member_id=member, by_user_id="ximena", **stretch)

    def add_card(self, member: str, issued_on: date, ends_on: date) -> None:
        about = {"member_id": member, "by_user_id": "ximena", "at": issued_on}
        self.plan.add("work_permit", issued_on=issued_on, ends_on=ends_on, **about)

    def _add_exception(self, head: Member) -> None:
        """The one who filed after the year since she had kept her status until then."""
        until = head.arrived_on + timedelta(days=400)
        kept = {"kind": "lawful_status", "since_on": head.arrived_on, "until_on": until, "at": until}
        evidence = recipe()["cases"]["exception"]
        row = self.plan.add("one_year_exception", member_id=head.code, by_user_id="lucia", evidence=evidence, **kept)
        self.plan.link("one_year_exception_answer", exception_id=row.id, holds=True, by_user_id="ximena", at=until)


def add_deadlines(plan: Plan) -> None:
    """All deadlines, open and closed; the clocks and cards that follow from asylum asked for."""
    deadlines = Deadlines(plan)
    for home in plan.households:
        chance, worker = plan.chance("terms", home.code), plan.first.get(home.code, "ximena")
        filed_on = deadlines.add_one_year(chance, home.head, worker)
        deadlines.add_planted(home.head)
        deadlines.add_moved(chance, home.head, worker)
        if filed_on:
            deadlines.add_clock(plan.chance("clock", home.head.code), home.head.code, filed_on)
    near = [home for home in plan.households if plan.first.get(home.code) in ("ximena", "nora")]
    deadlines.add_near(plan.chance("terms"), near)
