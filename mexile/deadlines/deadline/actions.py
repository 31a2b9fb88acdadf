"""Set a deadline, take a judge's date, hand it over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.access.roles import SEES_ALL_MEMBERS
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import attorney_of
from mexile.deadlines.clock.queries import segments_of
from mexile.deadlines.deadline.models import Deadline, DeadlinePast
from mexile.deadlines.deadline.page import proposals_for
from mexile.deadlines.deadline.queries import deadline_seen, is_closed_deadline
from mexile.deadlines.deadline.rules import Reckoning, reckon
from mexile.deadlines.rule.queries import need_rule, open_days
from mexile.ground import clock, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.rights import assignment_stands, visible
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("deadline.set", "Set a deadline", "Puso un plazo")
name_act("deadline.order", "Recorded a date set by the court", "Registró una fecha fijada por la corte")
name_act("deadline.hand_over", "Changed who answers for a deadline", "Cambió quién responde por un plazo")


ALREADY_SET = Problem(
    "trigger_on",
    "This deadline stands already for that day.",
    "Este plazo ya está puesto para ese día.",
)
TWO_OWNERS = Problem(
    "second_owner_user_id",
    "Past this day nothing can be mended: two different people answer for it. Name a second one.",
    "Pasado este día ya no hay remedio: responden dos personas distintas. Nombre a una segunda.",
)


def set_deadline(
    *,
    viewer: Viewer,
    member_id: int,
    rule_code: str,
    trigger_on: date,
    case_id: int | None = None,
    event_id: int | None = None,
    owner_user_id: int | None = None,
    second_owner_user_id: int | None = None,
    ordered_on: date | None = None,
) -> Deadline:
    """Put a deadline into the docket, by the rule that was the law on the trigger's day.

    The one who sets it answers for it unless another is named; for a fatal one the member's
    attorney is the second unless another is named. `ordered_on`: a judge's own date.
    Raises NotHere outside the viewer's rights, Invalid with every problem.
    """
    member = db.session.scalar(select(Member).where(Member.id == member_id, visible(viewer)))
    if member is None:
        raise NotHere(str(member_id))
    rule = need_rule(rule_code, trigger_on)
    reckoning = reckon(rule, trigger_on, open_days(), segments=segments_of(member_id), ordered_on=ordered_on)
    owner = owner_user_id or viewer.user_id
    second = second_owner_user_id
    if rule.fatal and second is None:
        second = attorney_of(member_id)
    problems = owner_problems(member_id, rule.fatal, owner, second)
    if open_deadline(member_id, rule_code, trigger_on) is not None:
        problems.append(ALREADY_SET)
    if problems:
        raise Invalid(problems)
    deadline = Deadline(
        code=next_code("DL", Deadline.code),
        member_id=member_id,
        rule_code=rule_code,
        fatal=rule.fatal,
        severity=rule.severity,
        side=rule.side,
        owner_user_id=owner,
        second_owner_user_id=second if second != owner else None,
        case_id=case_id,
        event_id=event_id,
        set_by_user_id=viewer.user_id,
        set_at=clock.now(),
        **values_of(reckoning),
    )
    db.session.add(deadline)
    db.session.flush()
    trail.record("deadline.set", (deadline.code, member.code), rule=rule_code, version=rule.version)
    return deadline


def set_deadlines(
    *,
    viewer: Viewer,
    member_codes: Sequence[str],
    trigger: str,
    on: date,
    rule_codes: Sequence[str],
    owner_user_id: int,
    second_owner_user_id: int | None = None,
    case_id: int | None = None,
    event_id: int | None = None,
) -> list[Deadline]:
    """The deadlines that somebody ticked among those that follow from one happening, for each of
    these people. What stands already is left as it is.

    Raises Invalid where nothing was ticked, or a rule doesn't follow from what happened.
    """
    likely = {proposal.code for proposal in proposals_for(trigger, on)}
    wanted = [code for code in dict.fromkeys(rule_codes) if code in likely]
    if not wanted:
        raise Invalid(Problem("", "Tick at least one deadline.", "Marque por lo menos un plazo."))
    deadlines = []
    for member_code in dict.fromkeys(member_codes):
        member_id = get_member(viewer, member_code).id
        for rule_code in wanted:
            if open_deadline(member_id, rule_code, on) is not None:
                continue
            deadlines.append(
                set_deadline(
                    viewer=viewer,
                    member_id=member_id,
                    rule_code=rule_code,
                    trigger_on=on,
                    case_id=case_id,
                    event_id=event_id,
                    owner_user_id=owner_user_id,
                    second_owner_user_id=second_owner_user_id,
                )
            )
    return deadlines


def values_of(reckoning: Reckoning) -> dict[str, Any]:
    """What a reckoning says, as the columns of a deadline."""
    return {
        "due_on": reckoning.due_on,
        "internal_on": reckoning.internal_on,
        "trigger_on": reckoning.trigger_on,
        "computed_on": reckoning.computed_on,
        "ordered_on": reckoning.due_on if "ordered_on" in reckoning.inputs else None,
        "inputs": json.dumps(reckoning.inputs, separators=(",", ":")),
        "rule_id": reckoning.rule.id,
        "why_en": reckoning.en,
        "why_es": reckoning.es,
    }


def owner_problems(member_id: int, fatal: bool, owner: int, second: int | None) -> list[Problem]:
    """Why these two can't answer for a deadline of this member: who can't see it can't keep it."""
    problems = []
    if fatal and second in (None, owner):
        problems.append(TWO_OWNERS)
    working = {id for id, _ in with_roles(*WORKS)}
    seeing = {id for id, _ in with_roles(*SEES_ALL_MEMBERS)} | set(
        db.session.scalars(select(Assignment.user_id).where(Assignment.member_id == member_id, assignment_stands()))
    )
    for place, who in (("owner_user_id", owner), ("second_owner_user_id", second)):
        if who is None:
            continue
        if who not in working:
            problems.append(
                Problem(
                    place,
                    "Choose somebody of the team who works with members.",
                    "Elija a alguien del equipo que trabaje con integrantes.",
                )
            )
        elif who not in seeing:
            problems.append(
                Problem(
                    place,
                    "This person doesn't walk with the member and would not see the deadline. Assign them first.",
                    "Esta persona no acompaña y no vería el plazo. Asígnela primero.",
                )
            )
    return problems


def open_deadline(member_id: int, rule_code: str, trigger_on: date) -> Deadline | None:
    """The open deadline of this member by this rule from this day, if there is one."""
    return db.session.scalar(
        select(Deadline).where(
            Deadline.member_id == member_id,
            Deadline.rule_code == rule_code,
            Deadline.trigger_on == trigger_on,
            ~is_closed_deadline(),
        )
    )


def get_deadline(viewer: Viewer, code: str) -> Deadline:
    """The deadline with this code, of a member whom the viewer may know of; or NotHere."""
    deadline = db.session.scalar(select(Deadline).where(Deadline.code == code, deadline_seen(viewer)))
    if deadline is None:
        raise NotHere(code)
    return deadline


def keep_past(deadline: Deadline, *, cause: str, by_user_id: int) -> None:
    """Write down what the deadline said until now, before it says something else."""
    kept = (
        "due_on internal_on trigger_on computed_on ordered_on inputs rule_id owner_user_id "
        "second_owner_user_id why_en why_es"
    ).split()
    db.session.add(
        DeadlinePast(
            deadline_id=deadline.id,
            **{name: getattr(deadline, name) for name in kept},
            cause=cause,
            until_at=clock.now(),
            by_user_id=by_user_id,
        )
    )


def order_deadline(*, viewer: Viewer, code: str, ordered_on: date | None) -> Deadline:
    """A judge set another day, which holds whatever the rule says; or took it back (None)."""
    deadline = get_open_deadline(viewer, code)
    if deadline.trigger_on is None:
        raise Conflict(
            Problem(
                "",
                "This deadline was written by hand: set it anew by its rule.",
                "Este plazo se escribió a mano: póngalo de nuevo con su regla.",
            )
        )
    rule = need_rule(deadline.rule_code, deadline.trigger_on)
    reckoning = reckon(
        rule,
        deadline.trigger_on,
        open_days(),
        segments=segments_of(deadline.member_id),
        ordered_on=ordered_on,
    )
    keep_past(deadline, cause="order", by_user_id=viewer.user_id)
    for name, value in values_of(reckoning).items():
        setattr(deadline, name, value)
    db.session.flush()
    trail.record("deadline.order", code, taken_back=ordered_on is None)
    return deadline


def hand_over(*, viewer: Viewer, code: str, owner_user_id: int, second_owner_user_id: int | None) -> Deadline:
    """Others answer for it from now on."""
    deadline = get_open_deadline(viewer, code)
    problems = owner_problems(deadline.member_id, deadline.fatal, owner_user_id, second_owner_user_id)
    if problems:
        raise Invalid(problems)
    keep_past(deadline, cause="owner", by_user_id=viewer.user_id)
    deadline.owner_user_id, deadline.second_owner_user_id = owner_user_id, second_owner_user_id
    db.session.flush()
    trail.record("deadline.hand_over", code, owner=owner_user_id, second=second_owner_user_id)
    return deadline


def get_open_deadline(viewer: Viewer, code: str) -> Deadline:
    """The same, while it stands open; Conflict where somebody closed it."""
    deadline = get_deadline(viewer, code)
    closed = db.session.scalar(select(Deadline.id).where(Deadline.id == deadline.id, is_closed_deadline()))
    if closed:
        raise Conflict(Problem("", "Somebody closed this already.", "Alguien ya cerró esto."))
    return deadline
