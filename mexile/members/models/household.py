"""The tables ``household`` and ``household_membership``: who lives or belongs together, from when to when."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, WithRid, pk
from mexile.ground.privacy import PUBLIC, STAFF

HOUSEHOLD_ROLES = ("head", "partner", "child", "parent", "sibling", "other")
_OPEN = text("to_on IS NULL")
_OPEN_HEAD = text("to_on IS NULL AND role = 'head'")


class Household(WithRid, Base):
    """A family or group that came, or would have come, together. It has no name: it is known by its people."""

    __tablename__ = "household"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)


class HouseholdMembership(Base):
    """One person in one household from a day to a day; open while ``to_on`` is empty.

    The database itself refuses a second open row of the same person and a second open head.
    """

    __tablename__ = "household_membership"
    __table_args__ = (
        CheckConstraint("role IN ('head', 'partner', 'child', 'parent', 'sibling', 'other')", name="role"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index(
            "uq_household_membership_open",
            "household_id",
            "member_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_household_membership_head",
            "household_id",
            unique=True,
            sqlite_where=_OPEN_HEAD,
            postgresql_where=_OPEN_HEAD,
        ),
        Index("ix_household_membership_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
