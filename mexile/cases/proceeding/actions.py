"""Open a proceeding, change it, write its decision; record MPP and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.actions import STALE
from mexile.cases.case.page import people_of_case
from mexile.cases.case.queries import get_case
from mexile.cases.case.rules import mpp_problems, not_yet
from mexile.cases.event.models import Event
from mexile.cases.proceeding.models import MPP_FIELDS, Mpp, Proceeding, ProceedingDecision, ProceedingDecisionVoid
from mexile.cases.proceeding.page import decisions_of_case
from mexile.cases.proceeding.queries import get_mpp, get_proceeding, next_proceeding_code
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("proceeding.open", "Opened a proceeding", "Abrió un proceso")
name_act("proceeding.edit", "Changed a proceeding", "Cambió un proceso")
name_act("proceeding.decide", "Recorded a decision", "Registró una decisión")
name_act("proceeding.decision_void", "Took a decision back", "Anuló una decisión")
name_act("mpp.place", "Recorded MPP", "Registró MPP")
name_act("mpp.answer", "Recorded the answer to an exemption", "Registró la respuesta a una exención")


FIELDS = ("kind", "place_id", "judge_id", "began_on")
CHANGED = Problem(
    "",
    "Somebody wrote another decision or took this one back in the meantime.",
    "Mientras tanto alguien registró otra decisión o anuló esta.",
)
BEFORE = Problem(
    "on",
    "The decision can't have come before the proceeding began.",
    "La decisión no puede ser anterior al inicio del proceso.",
)


def open_proceeding(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Proceeding:
    """The case runs before this court from now on."""
    case = get_case(viewer, code)
    given = {name: values.get(name) for name in FIELDS}
    proceeding = Proceeding(code=next_proceeding_code(), case_id=case.id, member_id=case.member_id, **given)
    db.session.add(proceeding)
    db.session.flush()
    trail.record("proceeding.open", [proceeding.code, code], kind=proceeding.kind)
    return proceeding


def edit_proceeding(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Proceeding:
    """Change what differs. Raises Conflict when it changed after `version` was shown."""
    held, _ = get_proceeding(viewer, code)
    if held.version != version:
        raise Conflict(STALE)
    changed = [name for name in FIELDS if name in values and getattr(held, name) != values[name]]
    for name in changed:
        setattr(held, name, values[name])
    if changed:
        db.session.flush()
        trail.record("proceeding.edit", code, fields=changed)
    return held


def decide_proceeding(
    *, viewer: Viewer, code: str, outcome: str, on: date, event_id: int | None = None
) -> ProceedingDecision:
    """How it ended. Written again, the newest counts and the one before stays. `event_id`: the date
    whose outcome says it."""
    held, _ = get_proceeding(viewer, code)
    problems = [not_yet("on", on)] if on > organization.today() else []
    if held.began_on and on < held.began_on:
        problems.append(BEFORE)
    if problems:
        raise Invalid(problems)
    decision = ProceedingDecision(
        proceeding_id=held.id,
        outcome=outcome,
        on=on,
        by_user_id=viewer.user_id,
        at=clock.now(),
        event_id=event_id,
    )
    db.session.add(decision)
    db.session.flush()
    trail.record("proceeding.decide", code, outcome=outcome)
    return decision


def take_back_decision(*, viewer: Viewer, code: str, decision_id: int) -> None:
    """It was written by mistake: the proceeding is pending again, or has the decision before it.
    Deadlines that hang on it stay: each is closed by hand, with a reason.

    Raises Conflict where `decision_id` is not the one that stands.
    """
    held, case = get_proceeding(viewer, code)
    decision = decisions_of_case(viewer, case.id).decision_of(held.id)
    if decision is None or decision.id != decision_id:
        raise Conflict(CHANGED)
    _void(viewer, decision_id, code)


def take_back_decisions_of(*, viewer: Viewer, event: Event) -> None:
    """The outcome that told of them was taken back by the one who wrote it."""
    rows = db.session.execute(
        select(ProceedingDecision.id, Proceeding.code)
        .join(Proceeding, Proceeding.id == ProceedingDecision.proceeding_id)
        .where(ProceedingDecision.event_id == event.id, ProceedingDecision.stands())
    ).all()
    for id, code in rows:
        _void(viewer, id, code)


def _void(viewer: Viewer, decision_id: int, code: str) -> None:
    db.session.add(ProceedingDecisionVoid(decision_id=decision_id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("proceeding.decision_void", code)


def place_mpp(*, viewer: Viewer, code: str, member_code: str, values: Mapping[str, Any], is_sure: bool) -> Mpp:
    """Somebody of the case was sent back to Mexico under MPP."""
    case = get_case(viewer, code)
    who = next((person for person in people_of_case(viewer, case.id).now if person.code == member_code), None)
    if who is None:
        raise NotHere(member_code)
    _refuse(values, who.nationality, is_sure)
    mpp = Mpp(case_id=case.id, member_id=who.id, by_user_id=viewer.user_id, at=clock.now(), **dict(values))
    db.session.add(mpp)
    db.session.flush()
    trail.record("mpp.place", [code, member_code])
    return mpp


def change_mpp(*, viewer: Viewer, code: str, id: int, version: int, values: Mapping[str, Any], is_sure: bool) -> Mpp:
    """The exemption that was asked for, or its answer. Raises Conflict when it changed after
    `version` was shown."""
    held, member = get_mpp(viewer, get_case(viewer, code), id)
    if held.version != version:
        raise Conflict(STALE)
    _refuse({name: getattr(held, name) for name in MPP_FIELDS} | dict(values), member.nationality, is_sure)
    for name, value in values.items():
        setattr(held, name, value)
    db.session.flush()
    trail.record("mpp.answer", [code, member.code], answer=held.answer)
    return held


def _refuse(values: Mapping[str, Any], nationality: str | None, is_sure: bool) -> None:
    if problems := mpp_problems(values, nationality, is_sure, organization.today()):
        raise Invalid(problems)
