"""What follows from something that happened: the deadlines that the rules of that day give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mexile.cases.queries.rules import binding, open_days, rules_of
from mexile.cases.rules.deadline_rule import Rule
from mexile.cases.rules.open_days import OpenDays
from mexile.cases.rules.reckon import Reckoning, reckon
from mexile.cases.rules.work_clock import Segment
from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary


@dataclass(frozen=True)
class Proposal:
    """A deadline that a rule gives. `is_likely`: what hangs on this very trigger and is ours to
    do; the rest is offered and left unticked. `reckoning` is missing where no day can be
    given, and `problem` says why."""

    rule: Rule
    reckoning: Reckoning | None
    is_likely: bool
    problem: Problem | None = None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def is_unreviewed(self) -> bool:
        return self.rule.verify


def proposals_for(
    trigger: str,
    on: date,
    *,
    segments: Sequence[Segment] = (),
    calendar: OpenDays | None = None,
    rules: Sequence[Rule] | None = None,
) -> list[Proposal]:
    """Everything that the rules in force on `on` make of this trigger, by day.

    What happens on the same day by it (a decision is also a decision to reconsider) is offered
    beside it. Two queries, none where calendar and rules are given.
    """
    rules = rules_of() if rules is None else rules
    calendar = calendar or open_days()
    term = vocabulary("deadline_trigger").get(trigger)
    also = tuple(term.more.get("also", ())) if term else ()
    found: list[Proposal] = []
    for code in dict.fromkeys(rule.code for rule in rules if rule.trigger in (trigger, *also)):
        rule = binding(rules, code, on)
        if rule is None or rule.trigger not in (trigger, *also):
            continue
        likely = rule.trigger == trigger and rule.side != "their_day"
        try:
            found.append(Proposal(rule, reckon(rule, on, calendar, segments=segments), likely))
        except Invalid as wrong:
            found.append(Proposal(rule, None, False, wrong.problems[0]))
    return sorted(found, key=lambda one: (one.reckoning.due_on if one.reckoning else date.max, one.rule.code))


_MASTER = frozenset({"MM", "MR", "MA", "MP"})
_INDIVIDUAL = frozenset({"II", "IR", "IA"})


def trigger_of_hearing(hearing_type: str | None) -> str | None:
    """The trigger that a hearing of this type (EOIR's letters) is; unknown is both, and None
    where the court itself sets what is due before it, as in detention."""
    if hearing_type is None:
        return "hearing_date"
    if hearing_type in _INDIVIDUAL:
        return "individual_hearing_date"
    return "master_hearing_date" if hearing_type in _MASTER else None
