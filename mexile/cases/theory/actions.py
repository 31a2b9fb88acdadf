"""Write the theory of a case; let somebody of the staff read it, and end that."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from mexile.access.policy import ATTORNEY
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.actions import STALE
from mexile.cases.case.models import Case
from mexile.cases.theory.models import CaseDelegation, CaseTheory
from mexile.cases.theory.queries import case_of_theory, theory_of
from mexile.ground import clock, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, NotHere

name_act("case.theory", "Changed the theory of a case", "Cambió la teoría de un expediente")
name_act("case.delegate", "Let somebody read the theory", "Permitió leer la teoría")
name_act("case.undelegate", "Ended a permission for the theory", "Terminó un permiso sobre la teoría")


FIELDS = ("grounds", "social_group", "nexus", "persecutors", "relocation", "relocation_words")


def write_theory(*, viewer: Viewer, code: str, version: int, values: Mapping[str, str | None]) -> CaseTheory:
    """Set what differs; the trail names the fields. `version` is 0 where none was shown.

    Raises Conflict when it changed meanwhile, NotHere for whom nobody delegated.
    """
    case = case_of_theory(viewer, code)
    held = theory_of(case)
    if (held.version if held else 0) != version:
        raise Conflict(STALE)
    if held is None:
        held = CaseTheory(key_id=case.key_id, case_id=case.id, member_id=case.member_id)
        db.session.add(held)
    changed = []
    for name in FIELDS:
        if name in values and seal.differs(held, name, values[name]):
            setattr(held, name, values[name])
            changed.append(name)
    db.session.flush()
    trail.record("case.theory", code, fields=changed)
    return held


def delegate(*, viewer: Viewer, code: str, user_id: int) -> None:
    """An attorney lets somebody read and write the theory from now on."""
    case = _case_of_attorney(viewer, code)
    standing = db.session.scalar(
        select(CaseDelegation.id).where(
            CaseDelegation.case_id == case.id,
            CaseDelegation.user_id == user_id,
            CaseDelegation.to_at.is_(None),
        )
    )
    if standing is None:
        db.session.add(CaseDelegation(case_id=case.id, user_id=user_id, by_user_id=viewer.user_id, from_at=clock.now()))
        db.session.flush()
        trail.record("case.delegate", code, user=user_id)


def end_delegation(*, viewer: Viewer, code: str, id: int) -> None:
    """The permission ends, from the next request on."""
    case = _case_of_attorney(viewer, code)
    held = db.session.get(CaseDelegation, id)
    if held is None or held.case_id != case.id:
        raise NotHere(code)
    if held.to_at is None:
        held.to_at = clock.now()
        db.session.flush()
        trail.record("case.undelegate", code, user=held.user_id)


def _case_of_attorney(viewer: Viewer, code: str) -> Case:
    """Only an attorney delegates; a delegate doesn't pass it on."""
    if not viewer.is_any(ATTORNEY):
        raise NotHere(code)
    return case_of_theory(viewer, code)
