"""The work-permit clocks of members, as their segments tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.deadlines.clock.models import (
    ClockSegment,
    OneYearException,
    OneYearExceptionAnswer,
    WorkPermit,
)
from mexile.deadlines.clock.rules import FILE_DAY, GRANT_DAY, Segment, read_clock
from mexile.ground.db import db
from mexile.members.assignment.rights import visible
from mexile.members.means.queries import earliest_permits
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed

RENEW_BEFORE = timedelta(days=180)
"""A card's renewal can be asked for so long before it ends, and then should be: nothing prolongs it."""


def segments_of(member_id: int) -> Sequence[Segment]:
    """The stretches of one member's clock that stand, in their order."""
    return segments_of_all([member_id]).get(member_id, ())


def segments_of_all(member_ids: Collection[int] | None = None) -> dict[int, list[Segment]]:
    """member id -> the stretches that stand, of these members or of all. One query."""
    table = ClockSegment.__table__.c
    query = select(table.member_id, table.cause, table.from_on, table.to_on, table.code).where(ClockSegment.stands())
    if member_ids is not None:
        query = query.where(table.member_id.in_(member_ids))
    segments: dict[int, list[Segment]] = defaultdict(list)
    for row in db.session.connection().execute(query.order_by(table.from_on, table.id)):
        segments[row.member_id].append(Segment(row.cause, row.from_on, row.to_on, row.code))
    return segments


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
        .where(ClockSegment.member_id == member_id, ClockSegment.stands())
        .order_by(ClockSegment.from_on, ClockSegment.id)
    )
    return [SegmentLine(*row) for row in rows]


def permit_days(member_ids: Collection[int]) -> dict[int, date]:
    """member id -> the earliest day of a work permit, if nothing more stops the clock. One query. Who has no
    clock, or one that stands still, is not in it."""
    days = {id: read_clock(segments).reaches(GRANT_DAY) for id, segments in segments_of_all(member_ids).items()}
    return {id: day for id, day in days.items() if day is not None}


earliest_permits.fill(permit_days)


@dataclass(frozen=True)
class ExceptionLine:
    """A reason for filing late, and what the attorney said of it."""

    id: int
    kind: str
    since_on: date
    until_on: date | None
    evidence: str | None
    holds: bool | None
    signed_by: str | None


def exceptions_of(member_id: int) -> Sequence[ExceptionLine]:
    rows = db.session.execute(
        select(OneYearException, OneYearExceptionAnswer.holds, UserAccount.name)
        .outerjoin(OneYearExceptionAnswer, OneYearExceptionAnswer.exception_id == OneYearException.id)
        .outerjoin(UserAccount, UserAccount.id == OneYearExceptionAnswer.by_user_id)
        .where(OneYearException.member_id == member_id)
        .order_by(OneYearException.since_on, OneYearException.id)
    )
    return [
        ExceptionLine(row.id, row.kind, row.since_on, row.until_on, row.evidence, holds, name)
        for row, holds, name in rows
    ]


def last_permit(member_id: int) -> tuple[date, date] | None:
    """The newest card: the day it was issued, and its last."""
    row = db.session.execute(
        select(WorkPermit.issued_on, WorkPermit.ends_on)
        .where(WorkPermit.member_id == member_id)
        .order_by(WorkPermit.ends_on.desc())
        .limit(1)
    ).first()
    return (row.issued_on, row.ends_on) if row else None


@dataclass(frozen=True)
class ClockLine:
    """One person's way to a permit: how much has counted, when it is enough, and the card."""

    code: str
    name: ShownName
    accrued: int
    is_stopped: bool
    file_on: date | None
    grant_on: date | None
    permit_ends_on: date | None

    def step(self, today: date) -> str:
        """What comes next: a card that ends, filing, waiting for the grant, or a clock that stands still."""
        if self.permit_ends_on is not None:
            return "renew" if self.permit_ends_on <= today + RENEW_BEFORE else "card"
        if self.file_on is None:
            return "stopped"
        return "file" if self.file_on <= today else "wait"

    def comes_on(self, today: date) -> date:
        """The day by which the list is sorted."""
        if self.permit_ends_on is not None:
            return self.permit_ends_on - RENEW_BEFORE
        return self.file_on or date.max


def clock_lines(viewer: Viewer, today: date) -> list[ClockLine]:
    """Everybody with a clock or a card whom the viewer may know of, what comes first at the top.
    Three queries, however many they are."""
    clocks = segments_of_all()
    cards = {
        row.member_id: row.ends_on
        for row in db.session.execute(
            select(WorkPermit.member_id, func.max(WorkPermit.ends_on).label("ends_on")).group_by(WorkPermit.member_id)
        )
    }
    rows = db.session.execute(
        select(Member.id, Member.code, *NAME_COLUMNS).where(
            or_(
                Member.id.in_(select(ClockSegment.member_id).where(ClockSegment.stands())),
                Member.id.in_(select(WorkPermit.member_id)),
            ),
            visible(viewer),
            ~is_closed(),
        )
    )
    lines = []
    for row in rows:
        read = read_clock(clocks.get(row.id, ()))
        lines.append(
            ClockLine(
                row.code,
                name_of(row, viewer),
                read.accrued(today),
                read.is_stopped(today),
                read.reaches(FILE_DAY),
                read.reaches(GRANT_DAY),
                cards.get(row.id),
            )
        )
    return sorted(lines, key=lambda line: (line.comes_on(today), line.code))
