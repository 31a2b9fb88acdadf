"""Open a proceeding, change it, write its decision; record MPP and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mexile.access.viewer import Viewer
from mexile.cases.actions.cases import STALE
from mexile.cases.models.mpp import MPP_FIELDS, Mpp
from mexile.cases.models.proceeding import Proceeding, ProceedingDecision
from mexile.cases.queries.case_page import people_of_case
from mexile.cases.queries.cases import get_case
from mexile.cases.queries.codes import next_proceeding_code
from mexile.cases.queries.proceedings import get_mpp, get_proceeding
from mexile.cases.rules.case import mpp_problems, not_yet
from mexile.ground import clock, organisation, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

FIELDS = ("kind", "place_id", "judge_id", "began_on")
BEFORE = Problem(
    "on",
    "The decision can't have come before the proceeding began.",
    "La decisión no puede ser anterior al inicio del proceso.",
)


def open_proceeding(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Proceeding:
    """The case runs before this court from now on."""
    case = get_case(viewer, code)
    given = {name: values.get(name) for name in FIELDS}
    made = Proceeding(code=next_proceeding_code(), case_id=case.id, member_id=case.member_id, **given)
    db.session.add(made)
    db.session.flush()
    trail.record("proceeding.open", [made.code, code], kind=made.kind)
    return made


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


def decide_proceeding(*, viewer: Viewer, code: str, outcome: str, on: date) -> ProceedingDecision:
    """How it ended. Written again, the newest counts and the one before stays."""
    held, _ = get_proceeding(viewer, code)
    problems = [not_yet("on", on)] if on > organisation.today() else []
    if held.began_on and on < held.began_on:
        problems.append(BEFORE)
    if problems:
        raise Invalid(problems)
    made = ProceedingDecision(
        proceeding_id=held.id, outcome=outcome, on=on, by_user_id=viewer.user_id, at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    trail.record("proceeding.decide", code, outcome=outcome)
    return made


def place_mpp(
    *, viewer: Viewer, code: str, member_code: str, values: Mapping[str, Any], is_sure: bool
) -> Mpp:
    """Somebody of the case was sent back to Mexico under MPP."""
    case = get_case(viewer, code)
    who = next((one for one in people_of_case(viewer, case.id).now if one.code == member_code), None)
    if who is None:
        raise NotHere(member_code)
    _refuse(values, who.nationality, is_sure)
    made = Mpp(
        case_id=case.id, member_id=who.id, by_user_id=viewer.user_id, at=clock.now(), **dict(values)
    )
    db.session.add(made)
    db.session.flush()
    trail.record("mpp.place", [code, member_code])
    return made


def change_mpp(
    *, viewer: Viewer, code: str, id: int, version: int, values: Mapping[str, Any], is_sure: bool
) -> Mpp:
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
    if problems := mpp_problems(values, nationality, is_sure, organisation.today()):
        raise Invalid(problems)
