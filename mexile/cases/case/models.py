"""A case: one person's, or one family's, way through one forum."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, STAFF

ROLES = ("lead", "derivative")
_OPEN = text("to_on IS NULL")
_OPEN_LEAD = text("to_on IS NULL AND role = 'lead'")


class Case(WithRid, Base):
    """`member_id` is the lead; derivatives stand in `case_person`. One person may have several
    cases, and a case several proceedings.

    `key_id` is the lead's data key: whatever is sealed about the case is gone with it.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_case_member_id", "member_id"),
        Index("ix_case_attorney_user_id", "attorney_user_id"),
        Index("ix_case_posture", "posture"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, default="asylum", info=STAFF)
    posture: Mapped[str] = mapped_column(Text, info=STAFF)
    forum: Mapped[str | None] = mapped_column(Text, info=STAFF)
    attorney_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    opened_on: Mapped[date] = mapped_column(Date, info=STAFF)
    filed_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    __mapper_args__ = {"version_id_col": version}


class CaseRelief(Base):
    """One thing that the case asks for."""

    __tablename__ = "case_relief"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, info=STAFF)
    relief: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)


class CasePerson(Base):
    """A person in a case from a day to a day: its lead, or somebody included in the lead's case.

    The database itself refuses a second open row of the same person and a second open lead.
    """

    __tablename__ = "case_person"
    __table_args__ = (
        CheckConstraint("role IN ('lead', 'derivative')", name="role"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index(
            "uq_case_person_open",
            "case_id",
            "member_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_case_person_lead",
            "case_id",
            unique=True,
            sqlite_where=_OPEN_LEAD,
            postgresql_where=_OPEN_LEAD,
        ),
        Index("ix_case_person_member_id_case_id", "member_id", "case_id"),
    )

    id: Mapped[int] = pk()
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)


class CaseClosure(Base):
    """A case that is over, and why. It is closed while the newest has no reopening."""

    __tablename__ = "case_closure"
    ended_by = ("case_reopening.closure_id",)
    __table_args__ = (Index("ix_case_closure_case_id", "case_id"),)

    id: Mapped[int] = pk()
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), info=STAFF)
    outcome: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class CaseReopening(Base):
    """The case goes on, or its closure was a mistake."""

    __tablename__ = "case_reopening"

    closure_id: Mapped[int] = mapped_column(ForeignKey("case_closure.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
