"""Who of an event can have been there: a service is logged for nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select

from mexile.cases.models.event import Event, EventPerson
from mexile.cases.queries.detentions import held_before
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.closed import is_closed
from mexile.members.queries.gone import gone_ids
from mexile.services.rules.event_types import reaches_custody


@dataclass(frozen=True)
class Absent:
    """Somebody of the event for whom nothing is logged. `why` is removed, closed, early (the
    first day with us lies behind the event's) or held."""

    id: int
    code: str
    why: str


def people_at(event: Event) -> tuple[list[tuple[int, str]], Sequence[Absent]]:
    """(id, code) of the people of an event who can have been there, and the others, each with the
    reason: they are those whom a log would refuse, and those in custody where the event is not."""
    rows = db.session.execute(
        select(
            Member.id,
            Member.code,
            Member.joined_on,
            is_closed().label("closed"),
            Member.id.in_(gone_ids()).label("removed"),
            Member.id.in_(held_before(event.on)).label("held"),
        )
        .join(EventPerson, EventPerson.member_id == Member.id)
        .where(EventPerson.event_id == event.id)
        .order_by(Member.id)
    ).all()
    why = {row.id: _why(row, event) for row in rows}
    absent = [Absent(row.id, row.code, said) for row in rows if (said := why[row.id])]
    return [(row.id, row.code) for row in rows if not why[row.id]], absent


def _why(row: Row[int, str, date, bool, bool, bool], event: Event) -> str:
    if row.removed or row.closed:
        return "removed" if row.removed else "closed"
    if event.on and event.on < row.joined_on:
        return "early"
    return "held" if row.held and not reaches_custody(event.kind) else ""
