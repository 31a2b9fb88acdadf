"""What an outcome proposes: the deadlines that follow from it and from the next date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.models.case import Case
from mexile.cases.models.event import Event, EventPerson
from mexile.cases.queries.proposals import Proposal, proposals_for, trigger_of_hearing
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.visible import visible


@dataclass(frozen=True)
class ProposedDeadline:
    """A deadline to tick, with the day that sets it running. `key` is how a form says it."""

    proposal: Proposal
    trigger_on: date

    @property
    def key(self) -> str:
        return f"{self.proposal.code}:{self.trigger_on.isoformat()}"


def lead_of(viewer: Viewer, event: Event) -> int | None:
    """For whom deadlines are set: the lead of the case, else the first person of the date,
    whom the viewer may know of. A volunteer sets none."""
    if viewer.sees_first_names_only:
        return None
    ids = [
        db.session.scalar(select(Case.member_id).where(Case.id == event.case_id)) if event.case_id else None,
        *db.session.scalars(
            select(EventPerson.member_id)
            .where(EventPerson.event_id == event.id)
            .order_by(EventPerson.member_id)
        ),
    ]
    seen = set(db.session.scalars(select(Member.id).where(Member.id.in_(ids), visible(viewer))))
    return next((id for id in ids if id in seen), None)


def seen_people(viewer: Viewer, event: Event, codes: Sequence[str]) -> Sequence[int]:
    """Those of these codes who stand at the event and whom the viewer may know of."""
    if viewer.sees_first_names_only or not codes:
        return []
    return db.session.scalars(
        select(Member.id)
        .join(EventPerson, EventPerson.member_id == Member.id)
        .where(EventPerson.event_id == event.id, Member.code.in_(codes), visible(viewer))
        .order_by(Member.id)
    ).all()


def triggers_of(
    event: Event, outcome: str, result: str | None, next_on: date | None
) -> list[tuple[str, date]]:
    """What happened, in the words of the rules, each with its day."""
    found: list[tuple[str, date]] = []
    if event.kind == "hearing" and event.on:
        if result == "in_absentia":
            found.append(("in_absentia_order_date", event.on))
        elif result == "decided":
            decided = "bond_decision_date" if event.hearing_type == "CY" else "ij_decision_served"
            found.append((decided, event.on))
    if event.kind == "interview" and outcome == "no_show" and event.on:
        found.append(("missed_interview_date", event.on))
    if event.kind == "hearing" and next_on and (trigger := trigger_of_hearing(event.hearing_type)):
        found.append((trigger, next_on))
    return found


def deadlines_of(
    event: Event, outcome: str, result: str | None, next_on: date | None
) -> Sequence[ProposedDeadline]:
    """The deadlines that the rules in force make of it, each once."""
    found: dict[str, ProposedDeadline] = {}
    for trigger, on in triggers_of(event, outcome, result, next_on):
        for proposal in proposals_for(trigger, on):
            if proposal.reckoning is not None:
                one = ProposedDeadline(proposal, on)
                found.setdefault(one.key, one)
    return list(found.values())
