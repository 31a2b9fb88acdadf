"""The work-permit clock as stretches of days, and the reasons for which a late filing is heard."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.deadlines.clock.rules import CAUSES
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class ClockSegment(Base):
    """Days from `from_on` until the day before `to_on` (open where empty): `filing` starts the
    clock; the others say who is answerable for days lost. `code` is the court's, `document` what it was read in."""

    __tablename__ = "clock_segment"
    ended_by = ("clock_segment_void.segment_id",)
    __table_args__ = (
        CheckConstraint(one_of("cause", CAUSES), name="cause"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index("ix_clock_segment_member_id_from_on", "member_id", "from_on"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), info=STAFF)
    cause: Mapped[str] = mapped_column(Text, info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    code: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    document: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class ClockSegmentVoid(Base):
    """A stretch that was entered by mistake, or took another shape."""

    __tablename__ = "clock_segment_void"

    segment_id: Mapped[int] = mapped_column(ForeignKey("clock_segment.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class WorkPermit(Base):
    """A card: the day it was issued and the one printed on it as its last."""

    __tablename__ = "work_permit"
    __table_args__ = (
        CheckConstraint("ends_on >= issued_on", name="days"),
        Index("ix_work_permit_member_id_ends_on", "member_id", "ends_on"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    issued_on: Mapped[date] = mapped_column(Date, info=STAFF)
    ends_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class OneYearException(WithRid, Base):
    """A reason of 8 CFR 208.4(a)(4)-(5) for filing after the year: what kind, since when, until
    when, and the evidence. It counts once an attorney signed it."""

    __tablename__ = "one_year_exception"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="days"),
        Index("ix_one_year_exception_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    since_on: Mapped[date] = mapped_column(Date, info=STAFF)
    until_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    evidence_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    evidence = Sealed("evidence_enc")


class OneYearExceptionAnswer(Base):
    """What the attorney says of it."""

    __tablename__ = "one_year_exception_answer"

    exception_id: Mapped[int] = mapped_column(ForeignKey("one_year_exception.id"), primary_key=True, info=STAFF)
    holds: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
