"""One proceeding and MPP, seen through their case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import case_seen
from mexile.cases.event.models import Event
from mexile.cases.proceeding.models import Mpp, Proceeding, ProceedingDecision
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.person.models import Member


def next_proceeding_code() -> str:
    return next_code("P", Proceeding.code)


def get_proceeding(viewer: Viewer, code: str) -> tuple[Proceeding, Case]:
    """The proceeding with this code and its case, or NotHere."""
    row = db.session.execute(
        select(Proceeding, Case)
        .join(Case, Case.id == Proceeding.case_id)
        .where(Proceeding.code == code, case_seen(viewer))
    ).first()
    if row is None:
        raise NotHere(code)
    return row.Proceeding, row.Case


def proceedings_to_choose(case_id: int | None) -> Sequence[tuple[int, str, str, bool]]:
    """The proceedings of a case as (id, code, kind, is it decided), the oldest first. One query."""
    if case_id is None:
        return []
    decided = Proceeding.id.in_(_decided())
    rows = db.session.execute(
        select(Proceeding.id, Proceeding.code, Proceeding.kind, decided.label("is_decided"))
        .where(Proceeding.case_id == case_id)
        .order_by(Proceeding.id)
    )
    return [(row.id, row.code, row.kind, bool(row.is_decided)) for row in rows]


def _decided() -> Select[int]:
    """The ids of those that have a decision which stands."""
    return select(ProceedingDecision.proceeding_id).where(ProceedingDecision.stands())


def proceeding_at(viewer: Viewer, event: Event) -> Proceeding | None:
    """The proceeding that a decision at this date ends: the date's own, else the only one of its
    case that waits for a decision; None where nobody could say which."""
    if event.case_id is None or viewer.sees_first_names_only:
        return None
    its_own = Proceeding.id == event.proceeding_id if event.proceeding_id else Proceeding.id.not_in(_decided())
    proceedings = db.session.scalars(
        select(Proceeding)
        .join(Case, Case.id == Proceeding.case_id)
        .where(Proceeding.case_id == event.case_id, its_own, case_seen(viewer))
        .limit(2)
    ).all()
    return proceedings[0] if len(proceedings) == 1 else None


@dataclass(frozen=True)
class MppLine:
    """A person of a case under MPP, whom the viewer may know of."""

    id: int
    name: str
    placed_on: date | None
    asked_on: date | None
    asked_of: str | None
    reason: str | None
    answer: str | None
    answered_on: date | None


def mpp_of_case(viewer: Viewer, case_id: int) -> Sequence[MppLine]:
    """The rows of a case, oldest first. One query."""
    rows = db.session.execute(
        select(Mpp, *NAME_COLUMNS)
        .join(Member, Member.id == Mpp.member_id)
        .where(Mpp.case_id == case_id, visible(viewer))
        .order_by(Mpp.id)
    )
    return [_line(row.Mpp, name_of(row, viewer).full) for row in rows]


def _line(held: Mpp, name: str) -> MppLine:
    return MppLine(
        held.id,
        name,
        held.placed_on,
        held.asked_on,
        held.asked_of,
        held.reason,
        held.answer,
        held.answered_on,
    )


def get_mpp(viewer: Viewer, case: Case, id: int) -> tuple[Mpp, Member]:
    """One row of a case, or NotHere."""
    row = db.session.execute(
        select(Mpp, Member)
        .join(Member, Member.id == Mpp.member_id)
        .where(Mpp.id == id, Mpp.case_id == case.id, visible(viewer))
    ).first()
    if row is None:
        raise NotHere(str(id))
    return row.Mpp, row.Member
