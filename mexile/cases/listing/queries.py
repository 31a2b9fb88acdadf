"""The list of cases, fifty a page, in the order of its codes, attorneys or next dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists, func, not_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import case_seen, is_closed_case
from mexile.cases.event.models import Event
from mexile.cases.event.queries import is_open
from mexile.cases.proceeding.models import Proceeding
from mexile.ground.db import db
from mexile.ground.paging import PAGE, offset
from mexile.members.assignment.rights import visible
from mexile.members.name.queries import NAME_COLUMNS, listed_name
from mexile.members.person.models import Member

COLUMNS = ("code", "attorney", "next")
SHOWS = ("open", "closed", "all")


@dataclass(frozen=True)
class WantedCases:
    """What the list is asked for: ``sort`` is one of its columns, ``page`` counts from 1."""

    show: str = "open"
    posture: str | None = None
    attorney: int | None = None
    court: int | None = None
    sort: str = "code"
    is_down: bool = True
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.posture or self.attorney or self.court)


class CaseRow(NamedTuple):
    """One case in the list; `name` and `lead_code` are empty where the viewer may not know of the lead."""

    code: str
    name: str
    posture: str
    attorney: str | None
    attorney_user_id: int | None
    next_on: date | None
    lead_code: str | None


@dataclass(frozen=True)
class CasesPage:
    """The rows of one page, and how many cases the list has in all."""

    rows: Sequence[CaseRow]
    total: int


def cases_page(viewer: Viewer, wanted: WantedCases, today: date) -> CasesPage:
    """One page of the cases this viewer may know of; behind the last one, the last. Two queries, whatever the length."""
    where = _where(viewer, wanted)
    total = db.session.scalar(select(func.count()).select_from(Case).where(*where)) or 0
    next_on = (
        select(Event.on)
        .where(
            Event.case_id == Case.id,
            Event.on >= today,
            Event.precision.in_(("exact", "day")),
            is_open(),
        )
        .order_by(Event.on)
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Case.code,
            Case.posture,
            UserAccount.name.label("attorney"),
            Case.attorney_user_id,
            next_on.label("next_on"),
            visible(viewer).label("is_visible"),
            Member.code.label("lead_code"),
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == Case.member_id)
        .outerjoin(UserAccount, UserAccount.id == Case.attorney_user_id)
        .where(*where)
        .order_by(*_order(wanted, next_on))
        .limit(PAGE)
        .offset(offset(wanted.page, total))
    ).all()
    lines = [
        CaseRow(
            row.code,
            listed_name(row[7:]) if row.is_visible else "",
            row.posture,
            row.attorney,
            row.attorney_user_id,
            row.next_on,
            row.lead_code if row.is_visible else None,
        )
        for row in rows
    ]
    return CasesPage(lines, total)


def _order(wanted: WantedCases, next_on: Any) -> list[Any]:
    """Who has nothing in the column comes at the end, whichever way it is sorted; then the newest first."""
    by = {"code": Case.id, "attorney": UserAccount.name, "next": next_on}[wanted.sort]
    return [(by.desc() if wanted.is_down else by.asc()).nulls_last(), Case.id.desc()]


def _where(viewer: Viewer, wanted: WantedCases) -> list:
    conditions = [case_seen(viewer)]
    if wanted.show != "all":
        conditions.append(is_closed_case() if wanted.show == "closed" else not_(is_closed_case()))
    if wanted.posture:
        conditions.append(Case.posture == wanted.posture)
    if wanted.attorney:
        conditions.append(Case.attorney_user_id == wanted.attorney)
    if wanted.court:
        conditions.append(exists().where(Proceeding.case_id == Case.id, Proceeding.place_id == wanted.court))
    return conditions
