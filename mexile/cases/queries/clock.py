"""The work-permit clocks of members, as their segments tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.cases.models.clock import ClockSegment, ClockSegmentVoid
from mexile.cases.rules.work_clock import GRANT_DAY, Segment, read_clock
from mexile.ground.db import db
from mexile.members.queries.permit import register_permit_days

_standing = ClockSegment.id.not_in(select(ClockSegmentVoid.segment_id))


def segments_of(member_id: int) -> Sequence[Segment]:
    """The stretches of one member's clock that stand, in their order."""
    return segments_of_all([member_id]).get(member_id, ())


def segments_of_all(member_ids: Collection[int] | None = None) -> dict[int, list[Segment]]:
    """member id -> the stretches that stand, of these members or of all. One query."""
    table = ClockSegment.__table__.c
    query = select(table.member_id, table.cause, table.from_on, table.to_on, table.code).where(_standing)
    if member_ids is not None:
        query = query.where(table.member_id.in_(member_ids))
    found: dict[int, list[Segment]] = defaultdict(list)
    for row in db.session.connection().execute(query.order_by(table.from_on, table.id)):
        found[row.member_id].append(Segment(row.cause, row.from_on, row.to_on, row.code))
    return found


@dataclass(frozen=True)
class SegmentLine:
    """A stretch as the member's clock page shows it."""

    id: int
    cause: str
    from_on: date
    to_on: date | None
    code: str
    document: str


def segment_lines(member_id: int) -> Sequence[SegmentLine]:
    rows = db.session.execute(
        select(
            ClockSegment.id,
            ClockSegment.cause,
            ClockSegment.from_on,
            ClockSegment.to_on,
            ClockSegment.code,
            ClockSegment.document,
        )
        .where(ClockSegment.member_id == member_id, _standing)
        .order_by(ClockSegment.from_on, ClockSegment.id)
    )
    return [SegmentLine(*row) for row in rows]


def permit_days(member_ids: Collection[int]) -> dict[int, date]:
    """member id -> the earliest day of a work permit, if nothing more stops the clock. One query. Who has no
    clock, or one that stands still, is not in it."""
    found = {id: read_clock(segments).reaches(GRANT_DAY) for id, segments in segments_of_all(member_ids).items()}
    return {id: day for id, day in found.items() if day is not None}


register_permit_days(permit_days)
