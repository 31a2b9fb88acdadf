"""Write what happened to a work-permit clock, a card, and a reason for filing late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event
from mexile.deadlines.clock.models import (
    ClockSegment,
    ClockSegmentVoid,
    OneYearException,
    OneYearExceptionAnswer,
    WorkPermit,
)
from mexile.ground import clock, organization, trail
from mexile.ground.dates import not_in_the_future
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("clock.segment", "Changed a work-permit clock", "Cambió un reloj del permiso de trabajo")
name_act("clock.void", "Took back an entry of a work-permit clock", "Anuló un dato del reloj del permiso de trabajo")
name_act("permit.add", "Recorded a work permit", "Registró un permiso de trabajo")
name_act("exception.add", "Recorded a reason for filing late", "Registró una razón para pedir asilo tarde")
name_act("exception.sign", "Answered a reason for filing late", "Respondió a una razón para pedir asilo tarde")


def add_segment(
    *,
    viewer: Viewer,
    code: str,
    cause: str,
    from_on: date,
    to_on: date | None = None,
    court_code: str = "",
    document: str = "",
    case_id: int | None = None,
) -> ClockSegment:
    """A stretch of days of this member's clock. A filing begins it; there is one at a time."""
    member = get_member(viewer, code)
    problems = []
    if to_on is not None and to_on < from_on:
        problems.append(Problem("to_on", "It ends before it begins.", "Termina antes de empezar."))
    problems += not_in_the_future("from_on", from_on, organization.today())
    filings = select(ClockSegment.id).where(
        ClockSegment.member_id == member.id, ClockSegment.cause == "filing", ClockSegment.stands()
    )
    if cause == "filing" and db.session.scalar(filings):
        problems.append(
            Problem(
                "cause",
                "The clock has its start already. Take that back first.",
                "El reloj ya tiene inicio. Primero anule ese.",
            )
        )
    if problems:
        raise Invalid(problems)
    segment = ClockSegment(
        member_id=member.id,
        case_id=case_id,
        cause=cause,
        from_on=from_on,
        to_on=to_on,
        code=court_code,
        document=document,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(segment)
    db.session.flush()
    trail.record("clock.segment", code, cause=cause)
    return segment


def continue_clocks(
    *, viewer: Viewer, event: Event, cause: str, to_on: date | None, member_ids: Sequence[int]
) -> list[ClockSegment]:
    """A hearing was continued: a stretch from its day until the next date (open where none is known)
    on the clock of each of these people who has one. Ours stops it; the others are written down.

    Like the outcome it comes from, it is written for everybody who was there, whoever closes
    the date. The date's code says where it was read, and lets it be taken back with the outcome.
    """
    from_on = min(event.on or organization.today(), organization.today())
    running = db.session.execute(
        select(Member.id, Member.code)
        .where(
            Member.id.in_(member_ids),
            Member.id.in_(select(ClockSegment.member_id).where(ClockSegment.cause == "filing", ClockSegment.stands())),
        )
        .order_by(Member.id)
    ).all()
    segments = [
        ClockSegment(
            member_id=id,
            case_id=event.case_id,
            cause=cause,
            from_on=from_on,
            to_on=to_on if to_on and to_on >= from_on else None,
            document=event.code,
            by_user_id=viewer.user_id,
            at=clock.now(),
        )
        for id, _code in running
    ]
    db.session.add_all(segments)
    db.session.flush()
    for _id, code in running:
        trail.record("clock.segment", code, cause=cause, of=event.code)
    return segments


def take_back_clocks(*, viewer: Viewer, event: Event) -> None:
    """The outcome was taken back by the one who wrote it, and with it what it said of the clocks."""
    rows = db.session.execute(
        select(ClockSegment, Member.code)
        .join(Member, Member.id == ClockSegment.member_id)
        .where(
            ClockSegment.document == event.code,
            ClockSegment.by_user_id == viewer.user_id,
            ClockSegment.at >= clock.now() - timedelta(days=1),
            ClockSegment.stands(),
        )
    ).all()
    for segment, code in rows:
        db.session.add(ClockSegmentVoid(segment_id=segment.id, by_user_id=viewer.user_id, at=clock.now()))
        trail.record("clock.void", code, cause=segment.cause)
    db.session.flush()


def end_segment(*, viewer: Viewer, code: str, segment_id: int, to_on: date) -> ClockSegment:
    """A stretch that stood open ends on a day: the case goes on, or the Board sent it back."""
    segment = _segment(viewer, code, segment_id)
    if to_on < segment.from_on:
        raise Invalid(Problem("to_on", "It ends before it begins.", "Termina antes de empezar."))
    segment.to_on = to_on
    db.session.flush()
    trail.record("clock.segment", code, cause=segment.cause, ended=True)
    return segment


def void_segment(*, viewer: Viewer, code: str, segment_id: int) -> None:
    """It was a mistake."""
    segment = _segment(viewer, code, segment_id)
    db.session.add(ClockSegmentVoid(segment_id=segment.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("clock.void", code, cause=segment.cause)


def _segment(viewer: Viewer, code: str, segment_id: int) -> ClockSegment:
    member = get_member(viewer, code)
    segment = db.session.get(ClockSegment, segment_id)
    if segment is None or segment.member_id != member.id:
        raise NotHere(code)
    if db.session.get(ClockSegmentVoid, segment_id):
        raise Conflict(Problem("", "This was taken back already.", "Esto ya se anuló."))
    return segment


def add_permit(*, viewer: Viewer, code: str, issued_on: date, ends_on: date) -> WorkPermit:
    """A card came: the days printed on it."""
    member = get_member(viewer, code)
    if ends_on < issued_on:
        raise Invalid(Problem("ends_on", "It ends before it begins.", "Termina antes de empezar."))
    permit = WorkPermit(
        member_id=member.id, issued_on=issued_on, ends_on=ends_on, by_user_id=viewer.user_id, at=clock.now()
    )
    db.session.add(permit)
    db.session.flush()
    trail.record("permit.add", code)
    return permit


def add_exception(
    *, viewer: Viewer, code: str, kind: str, since_on: date, until_on: date | None, evidence: str
) -> OneYearException:
    """A reason for which a filing after the year may be heard. It counts once an attorney signs it."""
    member = get_member(viewer, code)
    if until_on is not None and until_on < since_on:
        raise Invalid(Problem("until_on", "It ends before it begins.", "Termina antes de empezar."))
    exception = OneYearException(
        key_id=member.key_id,
        member_id=member.id,
        kind=kind,
        since_on=since_on,
        until_on=until_on,
        by_user_id=viewer.user_id,
        at=clock.now(),
        evidence=evidence,
    )
    db.session.add(exception)
    db.session.flush()
    trail.record("exception.add", code, kind=kind)
    return exception


def sign_exception(*, viewer: Viewer, code: str, exception_id: int, holds: bool) -> None:
    """The attorney stands for it, or says that it doesn't hold."""
    member = get_member(viewer, code)
    exception = db.session.get(OneYearException, exception_id)
    if exception is None or exception.member_id != member.id:
        raise NotHere(code)
    if db.session.get(OneYearExceptionAnswer, exception_id):
        raise Conflict(Problem("", "This was answered already.", "Esto ya se respondió."))
    db.session.add(
        OneYearExceptionAnswer(exception_id=exception_id, holds=holds, by_user_id=viewer.user_id, at=clock.now())
    )
    db.session.flush()
    trail.record("exception.sign", code, holds=holds)
