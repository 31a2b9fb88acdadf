"""Who may read the theory of a case: attorneys, and whom an attorney delegated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select, true
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.policy import ATTORNEY, register_scope
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import case_seen, get_case
from mexile.cases.theory.models import CaseDelegation, CaseTheory
from mexile.ground.db import db
from mexile.ground.errors import NotHere


def theory_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Case`: one may know of it, and its attorney lets one read its theory."""
    if viewer.is_any(ATTORNEY):
        return true()
    return and_(case_seen(viewer), Case.id.in_(_delegated(viewer.user_id)))


register_scope("theory", theory_seen)


def _delegated(user_id: int) -> Select[int]:
    return select(CaseDelegation.case_id).where(CaseDelegation.user_id == user_id, CaseDelegation.to_at.is_(None))


def reads_theory(viewer: Viewer, case: Case) -> bool:
    """An attorney, or somebody with a permission that stands."""
    return db.session.scalar(select(Case.id).where(Case.id == case.id, theory_seen(viewer))) is not None


def case_of_theory(viewer: Viewer, code: str) -> Case:
    """The case whose theory this viewer may read, or NotHere: directors without a permission as well."""
    case = get_case(viewer, code)
    if not reads_theory(viewer, case):
        raise NotHere(code)
    return case


def theory_of(case: Case) -> CaseTheory | None:
    return db.session.scalar(select(CaseTheory).where(CaseTheory.case_id == case.id))


@dataclass(frozen=True)
class Delegation:
    """A permission: who, by whom, from when to when."""

    id: int
    name: str
    by: str
    from_at: datetime
    to_at: datetime | None


def delegations_of(case: Case) -> Sequence[Delegation]:
    """All of them, those that stand first."""
    by = aliased(UserAccount)
    rows = db.session.execute(
        select(CaseDelegation.id, UserAccount.name, by.name, CaseDelegation.from_at, CaseDelegation.to_at)
        .join(UserAccount, UserAccount.id == CaseDelegation.user_id)
        .join(by, by.id == CaseDelegation.by_user_id)
        .where(CaseDelegation.case_id == case.id)
        .order_by(CaseDelegation.to_at.desc().nulls_first(), CaseDelegation.id)
    )
    return [Delegation(*row) for row in rows]
