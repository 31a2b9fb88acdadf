"""One deadline with all that its page says; what a happening proposes, and what hangs on a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import names_of
from mexile.access.viewer import Viewer
from mexile.cases.proceeding.page import Hanging, hanging_deadlines
from mexile.deadlines.clock.rules import Segment
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure, DeadlinePast
from mexile.deadlines.deadline.queries import LINE, DeadlineLine, deadline_seen, is_closed_deadline, line_of
from mexile.deadlines.deadline.rules import Reckoning, reckon
from mexile.deadlines.rule.models import DeadlineRule
from mexile.deadlines.rule.queries import RuleLine, binding, open_days, rule_line, rules_of
from mexile.deadlines.rule.rules import Rule
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.ground.vocabulary import vocabulary


@dataclass(frozen=True)
class PastValues:
    """What it said until a moment, who changed it and why."""

    due_on: date
    internal_on: date | None
    why_en: str
    why_es: str
    cause: str
    until_at: datetime
    by: str


@dataclass(frozen=True)
class DeadlinePage:
    """A deadline as its own page shows it. `closure` is the one that stands."""

    line: DeadlineLine
    rule: RuleLine | None
    computed_on: date | None
    owners: dict[int, str]
    past: Sequence[PastValues]
    closure: DeadlineClosure | None
    closed_by: str | None


def deadline_page(viewer: Viewer, code: str) -> DeadlinePage:
    """The deadline with this code, open or closed, or NotHere."""
    row = db.session.execute(
        LINE.add_columns(
            Deadline.id.label("deadline_id"), Deadline.computed_on, DeadlineRule.version.label("rule_version")
        ).where(Deadline.code == code, deadline_seen(viewer))
    ).first()
    if row is None:
        raise NotHere(code)
    line = line_of(row, viewer)
    closure = db.session.scalar(
        select(DeadlineClosure).where(DeadlineClosure.deadline_id == row.deadline_id, DeadlineClosure.stands())
    )
    ids = {line.owner_user_id, line.second_owner_user_id, closure.by_user_id if closure else None}
    names = names_of({id for id in ids if id is not None})
    return DeadlinePage(
        line=line,
        rule=rule_line(line.rule_code, row.rule_version) if row.rule_version else None,
        computed_on=row.computed_on,
        owners=names,
        past=_past(row.deadline_id),
        closure=closure,
        closed_by=names.get(closure.by_user_id) if closure else None,
    )


def _past(deadline_id: int) -> list[PastValues]:
    rows = db.session.execute(
        select(
            DeadlinePast.due_on,
            DeadlinePast.internal_on,
            DeadlinePast.why_en,
            DeadlinePast.why_es,
            DeadlinePast.cause,
            DeadlinePast.until_at,
            UserAccount.name.label("by"),
        )
        .join(UserAccount, UserAccount.id == DeadlinePast.by_user_id)
        .where(DeadlinePast.deadline_id == deadline_id)
        .order_by(DeadlinePast.id.desc())
    )
    return [PastValues(*row) for row in rows]


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
    proposals: list[Proposal] = []
    for code in dict.fromkeys(rule.code for rule in rules if rule.trigger in (trigger, *also)):
        rule = binding(rules, code, on)
        if rule is None or rule.trigger not in (trigger, *also):
            continue
        likely = rule.trigger == trigger and rule.side != "their_day"
        try:
            proposals.append(Proposal(rule, reckon(rule, on, calendar, segments=segments), likely))
        except Invalid as wrong:
            proposals.append(Proposal(rule, None, False, wrong.problems[0]))
    return sorted(
        proposals,
        key=lambda proposal: (proposal.reckoning.due_on if proposal.reckoning else date.max, proposal.rule.code),
    )


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


@hanging_deadlines.fill
def _hanging(viewer: Viewer, member_ids: Select[int], runs: set[tuple[str, date]]) -> list[Hanging]:
    rows = db.session.execute(
        LINE.add_columns(DeadlineRule.trigger, is_closed_deadline().label("is_closed")).where(
            Deadline.member_id.in_(member_ids),
            Deadline.trigger_on.in_({on for _trigger, on in runs}),
            deadline_seen(viewer),
        )
    )
    return [
        Hanging(line_of(row, viewer), run, row.is_closed)
        for row in rows
        if (run := (row.trigger, row.trigger_on)) in runs
    ]
