"""The tables of closing and opening again, of pausing and going on: each a record with its day, not a flag.

They are ``member_closure``, ``member_reopening``, ``member_pause`` and ``member_resumption``.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF
from mexile.members.person.models import tell_the_search


class MemberClosure(Base):
    """We no longer accompany this person, and why. A member is closed while the newest has no reopening."""

    __tablename__ = "member_closure"
    ended_by = ("member_reopening.closure_id",)
    __table_args__ = (Index("ix_member_closure_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class MemberReopening(Base):
    """The person came back, or the closure was a mistake."""

    __tablename__ = "member_reopening"

    closure_id: Mapped[int] = mapped_column(ForeignKey("member_closure.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


@event.listens_for(MemberClosure, "after_insert")
def _closed(_mapper: Mapper[MemberClosure], connection: Connection, closure: MemberClosure) -> None:
    tell_the_search(connection, closure.member_id)


@event.listens_for(MemberReopening, "after_insert")
def _reopened(_mapper: Mapper[MemberReopening], connection: Connection, reopening: MemberReopening) -> None:
    closed = select(MemberClosure.member_id).where(MemberClosure.id == reopening.closure_id)
    tell_the_search(connection, connection.scalar(closed))


class MemberPause(Base):
    """We wait with this person, and why. A member is paused while the newest has no resumption;
    ``until_on`` is the day on which somebody should ask again, and ends nothing by itself."""

    __tablename__ = "member_pause"
    ended_by = ("member_resumption.pause_id",)
    __table_args__ = (Index("ix_member_pause_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    until_on: Mapped[date | None] = mapped_column(Date, info=STAFF)


class MemberResumption(Base):
    """It goes on, or the pause was a mistake, or the record was closed."""

    __tablename__ = "member_resumption"

    pause_id: Mapped[int] = mapped_column(ForeignKey("member_pause.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
