"""What an outcome proposes, and who of a date can have been there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select

from mexile.access.account.models import UserAccount
from mexile.access.holding.queries import holds_role
from mexile.access.policy import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import member_ids_of_case
from mexile.cases.event.happenings import Started, decision_said, started_by_decision, started_by_result
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.proceeding.queries import proceeding_at
from mexile.custody.detention.queries import held_before
from mexile.deadlines.deadline.page import Proposal, proposals_for, trigger_of_hearing
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary
from mexile.members.assignment.rights import visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member
from mexile.members.removal.rights import gone_ids
from mexile.members.status.queries import is_closed
from mexile.services.service_type.rules import reaches_custody


@dataclass(frozen=True)
class ProposedDeadline:
    """A deadline to tick, with the day that sets it running. `is_usual`: it stands ticked. `key` is
    how a form says it."""

    proposal: Proposal
    trigger_on: date
    is_usual: bool

    @property
    def key(self) -> str:
        return f"{self.proposal.code}:{self.trigger_on.isoformat()}"

    @property
    def is_of_the_lead(self) -> bool:
        return is_of_the_lead(self.proposal.code)


def is_of_the_lead(rule_code: str) -> bool:
    """It binds the one whose case it is, and nobody included in it."""
    term = vocabulary("deadline_rule").get(rule_code)
    return term is not None and term.more.get("binds") == "lead"


def lead_of(viewer: Viewer, event: Event) -> int | None:
    """For whom deadlines are set: the lead of the case, else the first person of the date,
    whom the viewer may know of. A volunteer sets none."""
    if viewer.sees_first_names_only:
        return None
    ids = [
        db.session.scalar(select(Case.member_id).where(Case.id == event.case_id)) if event.case_id else None,
        *db.session.scalars(
            select(EventPerson.member_id).where(EventPerson.event_id == event.id).order_by(EventPerson.member_id)
        ),
    ]
    seen = set(db.session.scalars(select(Member.id).where(Member.id.in_(ids), visible(viewer))))
    return next((id for id in ids if id in seen), None)


def attorney_to_tell(viewer: Viewer, event: Event) -> tuple[int, str] | None:
    """Who answers in law for the case of a date and works here still, as (id, name), unless it is the viewer."""
    row = db.session.execute(
        select(UserAccount.id, UserAccount.name)
        .join(Case, Case.attorney_user_id == UserAccount.id)
        .where(Case.id == event.case_id, UserAccount.id != viewer.user_id, holds_role(UserAccount.id, ATTORNEY))
    ).first()
    return (row.id, row.name) if row else None


@dataclass(frozen=True)
class Bound:
    """Who can have the same deadlines as the lead: those of the date, and those included in its
    case; `hidden` counts whom the viewer may not know of."""

    people: Sequence[tuple[int, str, str]]
    hidden: int


def bound_beside(viewer: Viewer, event: Event, lead: int) -> Bound:
    """Everybody whom a happening at this date binds beside the lead, as (id, code, short name)."""
    ids = set(db.session.scalars(select(EventPerson.member_id).where(EventPerson.event_id == event.id)))
    ids |= set(member_ids_of_case(event.case_id) if event.case_id else ())
    rows = db.session.execute(
        select(Member.id, Member.code, *NAME_COLUMNS)
        .where(Member.id.in_(ids - {lead}), visible(viewer))
        .order_by(Member.id)
    ).all()
    return Bound([(row.id, row.code, name_of(row, viewer).short) for row in rows], len(ids - {lead}) - len(rows))


def happenings_of(
    viewer: Viewer, event: Event, outcome: str, result: str | None, decision: str | None, next_on: date | None
) -> Iterator[tuple[Started, date]]:
    """What came of a date, in the words of the rules, each with its day."""
    if event.on:
        decided = decision_said(result, decision)
        if event.kind == "hearing" and (decided or result == "decided"):
            held = proceeding_at(viewer, event)
            yield from (
                (happening, event.on)
                for happening in started_by_decision(
                    decided or "", kind=held.kind if held else None, hearing_type=event.hearing_type
                )
            )
        yield from ((happening, event.on) for happening in started_by_result(result))
        if event.kind == "interview" and outcome == "no_show":
            yield Started("missed_interview_date"), event.on
    if next_on and event.kind == "hearing" and (trigger := trigger_of_hearing(event.hearing_type)):
        yield Started(trigger), next_on
    if next_on and event.kind == "ice_checkin":
        yield Started("fixed_date", ours=False), next_on  # the date itself stands in the docket


def deadlines_of(
    viewer: Viewer, event: Event, outcome: str, result: str | None, decision: str | None, next_on: date | None
) -> Sequence[ProposedDeadline]:
    """The deadlines that the rules in force make of it, each once."""
    deadlines: dict[str, ProposedDeadline] = {}
    for started, on in happenings_of(viewer, event, outcome, result, decision, next_on):
        for proposal in proposals_for(started.trigger, on):
            if proposal.reckoning is not None:
                deadline = ProposedDeadline(proposal, on, started.ours and proposal.is_likely)
                deadlines.setdefault(deadline.key, deadline)
    return list(deadlines.values())


@dataclass(frozen=True)
class Absent:
    """Somebody of the event for whom nothing is logged. `why` is removed, closed, early (the
    first day with us lies behind the event's) or held."""

    id: int
    code: str
    why: str


def people_at(event: Event) -> tuple[list[tuple[int, str]], Sequence[Absent]]:
    """(id, code) of the people of an event who can have been there, and the others, each with the
    reason: they are those whom a log would refuse, and those in custody where the event is not."""
    rows = db.session.execute(
        select(
            Member.id,
            Member.code,
            Member.joined_on,
            is_closed().label("closed"),
            Member.id.in_(gone_ids()).label("removed"),
            Member.id.in_(held_before(event.on)).label("held"),
        )
        .join(EventPerson, EventPerson.member_id == Member.id)
        .where(EventPerson.event_id == event.id)
        .order_by(Member.id)
    ).all()
    why = {row.id: _why(row, event) for row in rows}
    absent = [Absent(row.id, row.code, said) for row in rows if (said := why[row.id])]
    return [(row.id, row.code) for row in rows if not why[row.id]], absent


def _why(row: Row[int, str, date, bool, bool, bool], event: Event) -> str:
    if row.removed or row.closed:
        return "removed" if row.removed else "closed"
    if event.on and event.on < row.joined_on:
        return "early"
    return "held" if row.held and not reaches_custody(event.kind) else ""
