"""Open a case, change it, close it and open it again; who is in it, and how a colleague takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select

from mexile.access.holding.kinds import register_holding
from mexile.access.policy import ATTORNEY
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case, CaseClosure, CasePerson, CaseRelief, CaseReopening
from mexile.cases.case.queries import closure_of_case, get_case, is_closed_case, next_case_code, reliefs_of
from mexile.cases.case.rules import case_problems, forum_of
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.person.queries import get_member

name_act("case.open", "Opened a case", "Abrió un expediente")
name_act("case.edit", "Changed a case", "Cambió un expediente")
name_act("case.close", "Closed a case", "Cerró un expediente")
name_act("case.reopen", "Opened a case again", "Reabrió un expediente")
name_act("case.join", "Included a person in a case", "Incluyó a una persona en un expediente")
name_act("case.leave", "Took a person out of a case", "Sacó a una persona de un expediente")


FIELDS = ("kind", "posture", "forum", "attorney_user_id", "opened_on", "filed_on")

STALE = Problem(
    "",
    "Somebody else changed this case while you were writing. Nothing is lost: compare both and save again.",
    "Otra persona cambió este expediente mientras usted escribía. No se perdió nada: compare ambas versiones y "
    "guarde de nuevo.",
)
IS_LEAD = Problem(
    "member",
    "The lead stays in the case. Open another case where somebody else leads.",
    "La persona titular permanece en el expediente. Abra otro expediente si la titular es otra persona.",
)
IN_IT = Problem("member", "This person is in the case already.", "Esta persona ya está en el expediente.")


def open_case(*, viewer: Viewer, member_code: str, values: Mapping[str, Any], derivatives: Sequence[str] = ()) -> Case:
    """A case of this member, who leads it, with the people included in it."""
    lead = get_member(viewer, member_code)
    _refuse(values)
    given: dict[str, Any] = {name: values.get(name) or None for name in FIELDS}
    given["opened_on"] = given["opened_on"] or organization.today()
    given["forum"] = given["forum"] or forum_of(given["posture"])
    case = Case(member_id=lead.id, key_id=lead.key_id, code=next_case_code(), **given)
    db.session.add(case)
    db.session.flush()
    _set_reliefs(case, values.get("reliefs") or ())
    _join(case, lead.id, "lead")
    for code in dict.fromkeys(derivatives):
        if code != member_code:
            _join(case, get_member(viewer, code).id, "derivative")
    db.session.flush()
    trail.record("case.open", [case.code, lead.code], kind=case.kind, posture=case.posture)
    return case


def edit_case(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Case:
    """Change what differs. Raises Conflict when the case changed after `version` was shown."""
    case = get_case(viewer, code)
    if case.version != version:
        raise Conflict(STALE)
    _refuse(values)
    if "forum" in values and not values["forum"]:
        values = {**values, "forum": forum_of(values.get("posture") or case.posture)}
    changed = []
    for name in FIELDS:
        if name in values and getattr(case, name) != (values[name] or None):
            setattr(case, name, values[name] or None)
            changed.append(name)
    if "reliefs" in values and set(values["reliefs"]) != set(reliefs_of(case.id)):
        _set_reliefs(case, values["reliefs"])
        case.version = case.version + 1
        changed.append("reliefs")
    if changed:
        db.session.flush()
        trail.record("case.edit", code, fields=changed)
    return case


def _refuse(values: Mapping[str, Any]) -> None:
    if problems := case_problems(values, organization.today()):
        raise Invalid(problems)


def _set_reliefs(case: Case, reliefs: Sequence[str]) -> None:
    db.session.execute(delete(CaseRelief).where(CaseRelief.case_id == case.id))
    db.session.add_all(CaseRelief(case_id=case.id, relief=relief) for relief in dict.fromkeys(reliefs))


def _join(case: Case, member_id: int, role: str, on: date | None = None) -> None:
    db.session.add(CasePerson(case_id=case.id, member_id=member_id, role=role, from_on=on or case.opened_on))


def _place_in(case_id: int, member_id: int) -> CasePerson | None:
    return db.session.scalar(
        select(CasePerson).where(
            CasePerson.case_id == case_id,
            CasePerson.member_id == member_id,
            CasePerson.to_on.is_(None),
        )
    )


def include_person(*, viewer: Viewer, code: str, member_code: str, on: date | None = None) -> None:
    """A person is included in the lead's case from this day on."""
    case, member = get_case(viewer, code), get_member(viewer, member_code)
    if _place_in(case.id, member.id):
        raise Invalid(IN_IT)
    _join(case, member.id, "derivative", on or organization.today())
    db.session.flush()
    trail.record("case.join", [code, member_code])


def let_go(*, viewer: Viewer, code: str, member_code: str) -> None:
    """A person is no longer in the case: aged out, married, or on a way of their own."""
    case, member = get_case(viewer, code), get_member(viewer, member_code)
    held = _place_in(case.id, member.id)
    if held is None:
        raise Conflict(Problem("member", "This person left the case already.", "Esta persona ya salió del expediente."))
    if held.role == "lead":
        raise Invalid(IS_LEAD)
    held.to_on = max(organization.today(), held.from_on)
    db.session.flush()
    trail.record("case.leave", [code, member_code])


def close_case(*, viewer: Viewer, code: str, outcome: str) -> CaseClosure:
    """The case is over. Its dates and deadlines stay where they are."""
    case = get_case(viewer, code)
    if closure_of_case(case.id):
        raise Conflict(Problem("", "This case is closed already.", "Este expediente ya está cerrado."))
    closure = CaseClosure(case_id=case.id, outcome=outcome, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(closure)
    db.session.flush()
    trail.record("case.close", code, outcome=outcome)
    return closure


def reopen_case(*, viewer: Viewer, code: str) -> None:
    """The case goes on, or its closure was a mistake."""
    case = get_case(viewer, code)
    closure = closure_of_case(case.id)
    if closure is None:
        raise Conflict(Problem("", "This case is open.", "Este expediente está abierto."))
    db.session.add(CaseReopening(closure_id=closure.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("case.reopen", code)


def held_cases() -> Select[*tuple[Any, ...]]:
    return select(Case.attorney_user_id.label("user_id"), Case.code, Case.opened_on.label("on")).where(
        Case.attorney_user_id.is_not(None), ~is_closed_case()
    )


def take_case(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    case.attorney_user_id = taker
    db.session.flush()
    trail.record("case.edit", code, fields=["attorney_user_id"])
    return True


register_holding("case", (ATTORNEY,), held_cases, take_case)
