"""The table ``relative``: somebody of a member's family who is no member, most of all who stayed behind."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed


class Relative(WithRid, Base):
    """A person of a household without a record of their own, with the least that makes them seen: what
    to call them, sealed under the key of the member who told us, a place in the household and the year
    of birth. A first name or an alias is enough, and no surname is asked.

    They exist for whoever may know of that member. Leaving the household fills ``to_on``.
    """

    __tablename__ = "relative"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("role IN ('partner', 'child', 'parent', 'sibling', 'other')", name="role"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        CheckConstraint("birth_year IS NULL OR birth_year BETWEEN 1890 AND 2100", name="birth_year"),
        Index("ix_relative_member_id", "member_id"),
        Index("ix_relative_household_id", "household_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=STAFF)
    called_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    birth_year: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    called = Sealed("called_enc")
