"""The decisions of a case's proceedings: which stands, which was taken back, and what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.case.models import CasePerson
from mexile.cases.event.happenings import Started, started_by_decision
from mexile.cases.proceeding.models import Proceeding, ProceedingDecision, ProceedingDecisionVoid
from mexile.ground.db import db
from mexile.ground.hook import Hook
from mexile.ground.vocabulary import vocabulary


@dataclass(frozen=True)
class DecisionLine:
    """One decision as it was written; `voided_at` where somebody took it back."""

    id: int
    proceeding_id: int
    kind: str
    outcome: str
    on: date
    by: str
    at: datetime
    voided_by: str | None
    voided_at: datetime | None

    @property
    def started(self) -> list[Started]:
        return started_by_decision(self.outcome, kind=self.kind)

    @property
    def runs(self) -> set[tuple[str, date]]:
        """Each trigger that the decision is, with its day; what happens by it on that day too."""
        triggers = set()
        for happening in self.started:
            term = vocabulary("deadline_trigger").get(happening.trigger)
            triggers |= {happening.trigger, *(term.more.get("also", ()) if term else ())}
        return {(trigger, self.on) for trigger in triggers}


@dataclass(frozen=True)
class Hanging:
    """A deadline of the docket, the trigger and day that set it running, and whether it is closed."""

    line: Any
    run: tuple[str, date]
    is_closed: bool


hanging_deadlines: Hook[[Viewer, Select[int], set[tuple[str, date]]], list[Hanging]] = Hook(
    "the deadlines that a decision set running"
)
"""``hanging_deadlines(viewer, member_ids, runs)``: those of these people that began by one of these triggers and days,
as far as the viewer may know of the people. One query."""


@dataclass(frozen=True)
class CaseDecisions:
    """`lines`: by proceeding, the newest first. `deadlines`: set for people of the case by any of them."""

    lines: dict[int, list[DecisionLine]]
    deadlines: Sequence[Hanging]

    def decision_of(self, proceeding_id: int) -> DecisionLine | None:
        """The newest that nobody took back."""
        return next((line for line in self.lines.get(proceeding_id, ()) if line.voided_at is None), None)

    def hanging(self, proceeding_id: int) -> list[Any]:
        """The open deadlines that the standing decision set running."""
        held = self.decision_of(proceeding_id)
        runs = held.runs if held else set()
        return [deadline.line for deadline in self.deadlines if deadline.run in runs and not deadline.is_closed]

    def left_over(self, proceeding_id: int) -> list[Any]:
        """The open deadlines of decisions that don't stand any more. They stay until they are closed."""
        backed = {run for held in map(self.decision_of, self.lines) if held for run in held.runs}
        past = {run for line in self.lines.get(proceeding_id, ()) for run in line.runs} - backed
        return [deadline.line for deadline in self.deadlines if deadline.run in past and not deadline.is_closed]

    def unset(self, proceeding_id: int) -> list[Started]:
        """What the standing decision sets running and nobody has put into the docket yet."""
        held = self.decision_of(proceeding_id)
        if held is None:
            return []
        done = {deadline.run for deadline in self.deadlines}
        return [happening for happening in held.started if happening.ours and (happening.trigger, held.on) not in done]


def decisions_of_case(viewer: Viewer, case_id: int) -> CaseDecisions:
    """Two queries, one where nothing was decided."""
    author, taker = aliased(UserAccount), aliased(UserAccount)
    rows = db.session.execute(
        select(
            ProceedingDecision.id,
            ProceedingDecision.proceeding_id,
            Proceeding.kind,
            ProceedingDecision.outcome,
            ProceedingDecision.on,
            author.name.label("by"),
            ProceedingDecision.at,
            taker.name.label("voided_by"),
            ProceedingDecisionVoid.at.label("voided_at"),
        )
        .join(Proceeding, Proceeding.id == ProceedingDecision.proceeding_id)
        .join(author, author.id == ProceedingDecision.by_user_id)
        .outerjoin(ProceedingDecisionVoid, ProceedingDecisionVoid.decision_id == ProceedingDecision.id)
        .outerjoin(taker, taker.id == ProceedingDecisionVoid.by_user_id)
        .where(Proceeding.case_id == case_id)
        .order_by(ProceedingDecision.id.desc())
    )
    lines: dict[int, list[DecisionLine]] = {}
    for row in rows:
        lines.setdefault(row.proceeding_id, []).append(DecisionLine(**row._mapping))
    if not lines:
        return CaseDecisions(lines, [])
    runs = {run for some in lines.values() for line in some for run in line.runs}
    people = select(CasePerson.member_id).where(CasePerson.case_id == case_id)
    return CaseDecisions(lines, hanging_deadlines(viewer, people, runs))
