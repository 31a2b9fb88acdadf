"""The table ``member_entry``: each time a person came into the United States, and how."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

PRECISIONS = ("day", "month", "year", "about", "unknown")


class MemberEntry(Base):
    """One entry that has happened. There may be several: the last one begins the year in which asylum is asked for.

    ``manner`` is a word of the vocabulary ``manner_of_entry``. ``on`` with ``precision`` "month" or "year" is the
    first day of it, with "about" the nearest guess, and empty where it is unknown.
    """

    __tablename__ = "member_entry"
    __table_args__ = (
        CheckConstraint("precision IN ('day', 'month', 'year', 'about', 'unknown')", name="precision"),
        CheckConstraint("(precision = 'unknown') = (\"on\" IS NULL)", name="unknown_has_no_day"),
        Index("ix_member_entry_member_id", "member_id", "on"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    manner: Mapped[str] = mapped_column(Text, info=STAFF)
    on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    precision: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
