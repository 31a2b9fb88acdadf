"""The tables of who lives or belongs together, from when to when, and where each of them is, from which day on.

They are ``household``, ``household_membership`` and ``household_place``.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

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


class HouseholdPlace(WithRid, Base):
    """One place of one person from ``since_on`` until the next row of the same person.

    The person is the member, or the relative of hers whom ``relative_id`` names. ``in_danger`` and
    ``contact`` are asked for who was left behind; ``note`` says how they may be reached, under the
    member's key.
    """

    __tablename__ = "household_place"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(
            "place IN ('with_us', 'in_juarez', 'in_mexico', 'detained', 'elsewhere', 'unknown')", name="place"
        ),
        CheckConstraint("in_danger IN ('yes', 'no', 'unknown')", name="in_danger"),
        CheckConstraint("contact IN ('yes', 'through_member', 'no', 'unknown')", name="contact"),
        Index("ix_household_place_member_id", "member_id", "since_on"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    relative_id: Mapped[int | None] = mapped_column(ForeignKey("relative.id"), info=STAFF)
    place: Mapped[str] = mapped_column(Text, info=STAFF)
    state: Mapped[str | None] = mapped_column(Text, info=STAFF)
    since_on: Mapped[date] = mapped_column(Date, info=STAFF)
    in_danger: Mapped[str] = mapped_column(Text, default="unknown", info=STAFF)
    contact: Mapped[str] = mapped_column(Text, default="unknown", info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    note = Sealed("note_enc")
