"""Which cases a viewer may know of, whose they are, and who answers for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, func, not_, select, true

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import with_roles
from mexile.access.holding.queries import holds_role
from mexile.access.policy import ATTORNEY, DIRECTOR, register_scope
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case, CaseClosure, CasePerson, CaseRelief
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.queries import lead_of
from mexile.members.assignment.rights import rights_of, rights_values, rows_of_member, visible


def next_case_code() -> str:
    return next_code("C", Case.code)


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


def is_closed_case() -> ColumnElement[bool]:
    """The WHERE on `Case`: somebody closed it and nobody opened it again."""
    return exists().where(CaseClosure.case_id == Case.id, CaseClosure.stands())


def case_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Case`: somebody is in it whom the viewer may know of.

    It shows the case, never the people in it: those pass `visible` one by one.
    """
    if viewer.sees_all_members:
        return true()
    return exists().where(
        CasePerson.case_id == Case.id,
        CasePerson.to_on.is_(None),
        visible(viewer, CasePerson.member_id),
    )


register_scope("case", case_seen)


def get_case(viewer: Viewer, code: str) -> Case:
    """The case with this code, or NotHere: also when the viewer may know of nobody in it."""
    case = db.session.scalar(select(Case).where(Case.code == code, case_seen(viewer)))
    if case is None:
        raise NotHere(code)
    return case


def cases_of(viewer: Viewer, member_id: int) -> Sequence[CaseLine]:
    """The cases in which a member stands now, those that go on first. One query."""
    asked = rights_values(viewer, member_id=member_id)
    rows = db.session.connection().execute(_cases_of(rights_of(viewer)), asked)
    return [CaseLine(**row._mapping) for row in rows]


@cache
def _cases_of(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member asks."""
    closed = is_closed_case().label("is_closed")
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
        .outerjoin(UserAccount, UserAccount.id == Case.attorney_user_id)
        .where(rows_of_member(CasePerson.member_id, rights), CasePerson.to_on.is_(None))
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
            not_(is_closed_case()),
        )
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(1)
    )


def open_cases_of_attorneys() -> dict[int, int]:
    """user id -> how many cases that attorney answers for now."""
    rows = db.session.execute(
        select(Case.attorney_user_id, func.count())
        .where(Case.attorney_user_id.is_not(None), not_(is_closed_case()))
        .group_by(Case.attorney_user_id)
    )
    return {user_id: count for user_id, count in rows if user_id is not None}


lead_of.fill(attorney_of)


def covering(member_ids: Collection[int]) -> dict[int, int]:
    """member id -> the attorney who covers: that of the newest open case, else who has the fewest open
    cases. Empty where no attorney works here. Three queries."""
    attorneys = [id for id, _name in with_roles(ATTORNEY)]
    if not attorneys or not member_ids:
        return {}
    cases = open_cases_of_attorneys()
    free = min(attorneys, key=lambda id: (cases.get(id, 0), id))
    rows = db.session.execute(
        select(CasePerson.member_id, Case.attorney_user_id)
        .join(Case, Case.id == CasePerson.case_id)
        .where(
            CasePerson.member_id.in_(member_ids),
            CasePerson.to_on.is_(None),
            Case.attorney_user_id.in_(attorneys),
            not_(is_closed_case()),
        )
        .order_by(Case.opened_on, Case.id)
    ).all()
    return {id: free for id in member_ids} | {row.member_id: row.attorney_user_id for row in rows}


def covers_or_directs(member_ids: Collection[int]) -> dict[int, list[int]]:
    """member id -> whom a letter goes to when nobody else is left: who covers, else the directors."""
    attorneys, directors = covering(member_ids), [id for id, _name in with_roles(DIRECTOR)]
    return {id: [attorneys[id]] if id in attorneys else directors for id in member_ids}


def member_ids_of_case(case_id: int) -> list[int]:
    """Everybody who is in the case now, seen or not: they share its dates."""
    return list(
        db.session.scalars(
            select(CasePerson.member_id)
            .where(CasePerson.case_id == case_id, CasePerson.to_on.is_(None))
            .order_by(CasePerson.role.desc(), CasePerson.id)
        )
    )


def reliefs_of(case_id: int) -> list[str]:
    """What the case asks for."""
    return list(
        db.session.scalars(select(CaseRelief.relief).where(CaseRelief.case_id == case_id).order_by(CaseRelief.relief))
    )


def closure_of_case(case_id: int) -> CaseClosure | None:
    """The closure that stands, if the case is closed."""
    return db.session.scalar(
        select(CaseClosure)
        .where(CaseClosure.case_id == case_id, CaseClosure.stands())
        .order_by(CaseClosure.id.desc())
        .limit(1)
    )
