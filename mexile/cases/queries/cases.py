"""Which cases a viewer may know of, whose they are, and who answers for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, not_, select, true

from mexile.access.models.account import UserAccount
from mexile.access.policy import ATTORNEY, register_scope
from mexile.access.queries.holdings import holds_role
from mexile.access.viewer import Viewer
from mexile.cases.models.case import Case, CaseClosure, CasePerson, CaseReopening
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.models.member import Member
from mexile.members.queries.lead import register_lead
from mexile.members.queries.visible import rights_of, rights_values, visible, visible_by


@dataclass(frozen=True)
class CaseLine:
    """A case as a list shows it; `role` is the place in it of the member whose list it is."""

    id: int
    code: str
    kind: str
    posture: str
    forum: str | None
    attorney_user_id: int | None
    attorney_name: str | None
    opened_on: date
    filed_on: date | None
    role: str
    is_closed: bool


def has_closure() -> ColumnElement[bool]:
    """The WHERE on `Case`: somebody closed it and nobody opened it again."""
    return exists().where(
        CaseClosure.case_id == Case.id,
        CaseClosure.id.not_in(select(CaseReopening.closure_id)),
    )


def case_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Case`: somebody is in it whom the viewer may know of.

    It shows the case, never the people in it: those pass `visible` one by one.
    """
    if viewer.sees_all_members:
        return true()
    return exists().where(
        CasePerson.case_id == Case.id,
        CasePerson.to_on.is_(None),
        CasePerson.member_id == Member.id,
        visible(viewer),
    )


register_scope("case", case_seen)


def get_case(viewer: Viewer, code: str) -> Case:
    """The case with this code, or NotHere: also when the viewer may know of nobody in it."""
    found = db.session.scalar(select(Case).where(Case.code == code, case_seen(viewer)))
    if found is None:
        raise NotHere(code)
    return found


def cases_of(viewer: Viewer, member_id: int) -> Sequence[CaseLine]:
    """The cases in which a member stands now, those that go on first. One query."""
    asked = {"member_id": member_id, **rights_values(viewer)}
    rows = db.session.connection().execute(_cases_of(rights_of(viewer)), asked)
    return [CaseLine(**row._mapping) for row in rows]


@cache
def _cases_of(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    closed = has_closure().label("is_closed")
    return (
        select(
            Case.id,
            Case.code,
            Case.kind,
            Case.posture,
            Case.forum,
            Case.attorney_user_id,
            UserAccount.name.label("attorney_name"),
            Case.opened_on,
            Case.filed_on,
            CasePerson.role,
            closed,
        )
        .join(CasePerson, CasePerson.case_id == Case.id)
        .join(Member, Member.id == CasePerson.member_id)
        .outerjoin(UserAccount, UserAccount.id == Case.attorney_user_id)
        .where(CasePerson.member_id == bindparam("member_id"), CasePerson.to_on.is_(None), visible_by(rights))
        .order_by(closed, Case.opened_on.desc(), Case.id.desc())
    )


def attorney_of(member_id: int) -> int | None:
    """Who answers in law for a member: the attorney of the newest case that goes on, who works here still."""
    return db.session.scalar(
        select(Case.attorney_user_id)
        .join(CasePerson, CasePerson.case_id == Case.id)
        .where(
            CasePerson.member_id == member_id,
            CasePerson.to_on.is_(None),
            holds_role(Case.attorney_user_id, ATTORNEY),
            not_(has_closure()),
        )
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(1)
    )


def open_cases_of_attorneys() -> dict[int, int]:
    """user id -> how many cases that attorney answers for now."""
    rows = db.session.execute(
        select(Case.attorney_user_id, func.count())
        .where(Case.attorney_user_id.is_not(None), not_(has_closure()))
        .group_by(Case.attorney_user_id)
    )
    return {user_id: count for user_id, count in rows if user_id is not None}


register_lead(attorney_of)
