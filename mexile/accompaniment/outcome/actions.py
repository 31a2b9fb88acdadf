"""Close a date: what came of it and what was done, in one act; and undo it on the same day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from sqlalchemy import select

from mexile.access.account.queries import with_roles
from mexile.access.policy import SEES, WORKS
from mexile.access.viewer import Viewer
from mexile.accompaniment.outcome.queries import attorney_to_tell, bound_beside, is_of_the_lead, lead_of, people_at
from mexile.cases.case.queries import member_ids_of_case
from mexile.cases.companion.actions import tell_asked
from mexile.cases.companion.models import EventNeed
from mexile.cases.event.actions import (
    NOT_YET,
    lies_ahead,
    open_event,
    record_outcome,
    set_event,
    take_back_outcome,
    tell_outcome,
)
from mexile.cases.event.happenings import decision_said
from mexile.cases.event.models import Event, EventCompanion, EventPerson
from mexile.cases.event.page import has_been_closed, next_of
from mexile.cases.event.queries import outcome_of_mine
from mexile.cases.event.rights import is_changeable, reportable
from mexile.cases.proceeding.actions import BEFORE, decide_proceeding, take_back_decisions_of
from mexile.cases.proceeding.queries import proceeding_at
from mexile.deadlines.clock.actions import continue_clocks, take_back_clocks
from mexile.deadlines.closure.actions import set_aside_deadlines
from mexile.deadlines.deadline.actions import open_deadline, set_deadline
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.members.assignment.rights import visible
from mexile.members.removal.rights import gone_ids
from mexile.services.correction.actions import UNDO, changeable, undo_services_of_event, void
from mexile.services.service.actions import Logged, write_service
from mexile.services.service.models import Service, ServicePerson
from mexile.services.service.queries import already_logged, service_seen
from mexile.services.service.rules import Act, logged_already
from mexile.services.service_type.queries import kind
from mexile.services.service_type.rules import event_of_type, type_to_log


@dataclass(frozen=True)
class NextDate:
    """A next date that was given: day, and hour and place where they are known.

    `more` is what `set_event` takes beside them: precision, zone, fold, place_id, room.
    """

    on: date | None
    at: time | None = None
    place: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewDeadline:
    """A deadline that was ticked among those proposed."""

    rule_code: str
    trigger_on: date


@dataclass(frozen=True)
class Sheet:
    """What the outcome sheet says beside the outcome. `logs`: the accompaniment is logged;
    `again`: also for those who have it on that day already, or not; None where nobody was asked;
    `asks`: the companions are asked for the next date too; `tells`: the attorney is told by mail;
    `decides`: what was decided is the decision of the proceeding; `same_for`: codes of the people
    who get the deadlines beside the lead."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    minutes: int | None = None
    again: bool | None = None
    logs: bool = True
    asks: bool = False
    tells: bool = False
    decides: bool = False
    deadlines: Sequence[NewDeadline] = ()
    same_for: Sequence[str] = ()
    second_owner_user_id: int | None = None


def close_event(
    *,
    viewer: Viewer,
    code: str,
    outcome: str,
    next_date: NextDate | None = None,
    sheet: Sheet | None = None,
) -> Logged | None:
    """Say what came of an event and write all that follows from it: the next date, the decision, deadlines,
    the accompaniment for all its people, with what is usual for its kind. Returns the
    service, None where nobody was accompanied.

    The people come from the event, not from the one who closes it: a companion closes it for
    everybody who was there without being shown a name. Whom `people_at` leaves out is not logged.
    """
    sheet = sheet or Sheet()
    event = open_event(viewer, code, reportable)
    if lies_ahead(event) and not is_changeable(viewer, event):
        raise Invalid(NOT_YET)
    people = _people_of(event)
    following = _follow(viewer, event, next_date, people) if next_date else None
    record_outcome(viewer=viewer, event=event, outcome=outcome, next_event=following, sheet=sheet.facts)
    if following and sheet.asks:
        _ask_again(viewer, event, following)
    if outcome == "continued" and event.kind == "hearing":
        continue_clocks(
            viewer=viewer,
            event=event,
            cause=sheet.facts["clock_cause"],
            to_on=following.on if following and following.precision in ("exact", "day") else None,
            member_ids=_of_case(event) or people,
        )
    if sheet.tells and (attorney := attorney_to_tell(viewer, event)):
        tell_outcome(code=code, user_id=attorney[0])
    if sheet.decides:
        _decide(viewer, event, sheet)
    _set_deadlines(viewer, event, following, sheet)
    return _log(viewer, event, outcome, sheet) if sheet.logs else None


def _log(viewer: Viewer, event: Event, outcome: str, sheet: Sheet) -> Logged | None:
    """The accompaniment, for everybody of the event who can have been there."""
    type_code = type_to_log(event.kind, outcome, event.on, clock.today(event.zone))
    service_kind = kind(type_code) if type_code else None
    if service_kind is None or event.on is None:
        return None
    present, _absent = people_at(event)
    already = already_logged(viewer, [id for id, _ in present], service_kind.code, event.on)
    if already and sheet.again is None:
        raise Invalid(logged_already(already, event.on == clock.today(event.zone)))
    if not sheet.again:
        present = [person for person in present if person[0] not in {each.id for each in already}]
    if not present:
        return None
    act = Act(people=(), type_code=type_code, on=event.on, mode=event.mode, event_id=event.id, minutes=sheet.minutes)
    return write_service(viewer=viewer, act=act, service_kind=service_kind, member_ids=present)


def _follow(viewer: Viewer, event: Event, given: NextDate, member_ids: Sequence[int]) -> Event:
    """The next date, of the same kind and case; where nothing else was said, at the same place.
    It was said where the outcome was learned, so it counts as seen there."""
    more = dict(given.more)
    is_same_place = not given.place and not more.get("place_id")
    if is_same_place:
        more |= {"place_id": event.place_id, "zone": event.zone, "room": more.get("room") or event.room}
    more.setdefault("zone", event.zone)
    return set_event(
        viewer=viewer,
        kind=event.kind,
        on=given.on,
        at=given.at,
        place=given.place or event.place,
        mode=event.mode,
        member_ids=member_ids,
        owner_user_id=_answers(viewer, event),
        case_id=event.case_id,
        proceeding_id=event.proceeding_id,
        hearing_type=event.hearing_type,
        source="in_court" if event.kind == "hearing" else "person",
        **more,
    )


def _answers(viewer: Viewer, event: Event) -> int | None:
    """Who answers for the next date: who does for this one, or whoever sets it where that person has gone. A
    volunteer doesn't: then it stays with who has gone, and waits for a colleague."""
    working = {id for id, _name in with_roles(*WORKS)}
    is_left = event.owner_user_id not in working and viewer.user_id in working
    return viewer.user_id if is_left else event.owner_user_id


def _ask_again(viewer: Viewer, event: Event, following: Event) -> None:
    """The companions of a date who are here still stand at the next one, haven't said yes, and are told of it by mail. It
    needs as many as this one did."""
    for need in db.session.scalars(select(EventNeed).where(EventNeed.event_id == event.id)).all():
        db.session.add(EventNeed(event_id=following.id, role=need.role, seats=need.seats))
    here = [id for id, _name in with_roles(*SEES)]
    beside = select(EventCompanion).where(EventCompanion.event_id == event.id, EventCompanion.user_id.in_(here))
    for held in db.session.scalars(beside).all():
        db.session.add(EventCompanion(event_id=following.id, user_id=held.user_id, role=held.role))
        if held.user_id != viewer.user_id:
            tell_asked(code=following.code, user_id=held.user_id)
    db.session.flush()


def _decide(viewer: Viewer, event: Event, sheet: Sheet) -> None:
    """What was decided there is the decision of its proceeding."""
    decision = decision_said(sheet.facts.get("result"), sheet.facts.get("decision"))
    held = proceeding_at(viewer, event)
    if decision is None or held is None or event.on is None:
        return
    if held.began_on and event.on < held.began_on:
        raise Invalid(replace(BEFORE, place="decision"))
    decide_proceeding(viewer=viewer, code=held.code, outcome=decision, on=event.on, event_id=event.id)


def _set_deadlines(viewer: Viewer, event: Event, following: Event | None, sheet: Sheet) -> None:
    """Those that were ticked, for the lead and whom else they bind; one that stands already is left."""
    lead = lead_of(viewer, event)
    if lead is None:
        return
    beside = bound_beside(viewer, event, lead).people if sheet.same_for and sheet.deadlines else ()
    others = [id for id, code, _name in beside if code in sheet.same_for]
    bound = [
        (deadline, id)
        for deadline in sheet.deadlines
        for id in dict.fromkeys((lead, *(() if is_of_the_lead(deadline.rule_code) else others)))
    ]
    for deadline, member_id in bound:
        if open_deadline(member_id, deadline.rule_code, deadline.trigger_on):
            continue
        is_next = following is not None and following.on == deadline.trigger_on
        set_deadline(
            viewer=viewer,
            member_id=member_id,
            rule_code=deadline.rule_code,
            trigger_on=deadline.trigger_on,
            case_id=event.case_id,
            event_id=following.id if is_next and following else event.id,
            second_owner_user_id=sheet.second_owner_user_id,
        )


def reopen_event(*, viewer: Viewer, code: str) -> str:
    """Undo: the outcome, what was logged from it, the decision and the next date are taken back
    together, and the deadlines that came with it are set aside. Returns the outcome. An alert stands on:
    nothing but a person's word ends it."""
    following = next_of(code)
    event, outcome = take_back_outcome(viewer=viewer, code=code)
    undo_services_of_event(viewer=viewer, event_id=event.id)
    ids = [event.id]
    if following and not has_been_closed(following.id):
        ids.append(following.id)
        record_outcome(viewer=viewer, event=following, outcome="cancelled", sheet={"clock_cause": "neutral"})
    set_aside_deadlines(viewer=viewer, event_ids=ids)
    take_back_clocks(viewer=viewer, event=event)
    take_back_decisions_of(viewer=viewer, event=event)
    return outcome


def set_next_date(*, viewer: Viewer, code: str, next_date: NextDate, today: date) -> Event:
    """The next date that was given at a service: an event of the same kind for the same
    people, as far as the viewer may know of them."""
    service = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)))
    if service is None:
        raise NotHere(code)
    if next_date.on and next_date.on < today:
        raise Invalid(Problem("on", "The next date lies in the past.", "La próxima fecha ya pasó."))
    ids = db.session.scalars(
        select(ServicePerson.member_id).where(
            ServicePerson.service_id == service.id, visible(viewer, ServicePerson.member_id)
        )
    )
    return set_event(
        viewer=viewer,
        kind=event_of_type(service.type_code),
        on=next_date.on,
        at=next_date.at,
        place=next_date.place,
        mode=service.mode,
        member_ids=list(ids),
    )


def _of_case(event: Event) -> Sequence[int]:
    """Everybody who stands in the case of a date now; nobody where it has none."""
    return member_ids_of_case(event.case_id) if event.case_id else ()


def _people_of(event: Event) -> Sequence[int]:
    """Everybody of a date who has a record still."""
    return db.session.scalars(
        select(EventPerson.member_id)
        .where(EventPerson.event_id == event.id, EventPerson.member_id.not_in(gone_ids()))
        .order_by(EventPerson.member_id)
    ).all()


def undo_service(*, viewer: Viewer, code: str, zone: str) -> None:
    """Take back what I logged today; no reason is asked. Until the day ends. A date that it closed is open again."""
    service = changeable(viewer, code)
    if service.by_user_id != viewer.user_id or not clock.is_today(service.logged_at, zone):
        raise NotHere(code)
    closed = db.session.scalar(select(Event.code).where(Event.id == service.event_id))
    if closed and outcome_of_mine(viewer, closed):
        reopen_event(viewer=viewer, code=closed)
    else:
        void(viewer, service, UNDO)
