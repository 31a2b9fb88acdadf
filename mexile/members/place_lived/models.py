"""The table ``member_place_lived``: where a person lived after the first threat, and why it was not safe there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class MemberPlaceLived(WithRid, Base):
    """One place, from a day to a day. Only the state (``mx_state``) stands in the clear.

    A day with precision "month" or "year" is the first day of it, with "about" the nearest guess;
    empty is unknown. ``town`` is the municipality or town, ``happened`` what happened there,
    ``found`` how they were found.
    """

    __tablename__ = "member_place_lived"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("from_precision IN ('day', 'month', 'year', 'about', 'unknown')", name="from_precision"),
        CheckConstraint("to_precision IN ('day', 'month', 'year', 'about', 'unknown')", name="to_precision"),
        CheckConstraint("(from_precision = 'unknown') = (from_on IS NULL)", name="from_unknown"),
        CheckConstraint("(to_precision = 'unknown') = (to_on IS NULL)", name="to_unknown"),
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name="order"),
        Index("ix_member_place_lived_member_id", "member_id", "from_on"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    state: Mapped[str] = mapped_column(Text, info=STAFF)
    from_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    from_precision: Mapped[str] = mapped_column(Text, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    to_precision: Mapped[str] = mapped_column(Text, info=STAFF)
    town_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    happened_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    found_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    town = Sealed("town_enc")
    happened = Sealed("happened_enc")
    found = Sealed("found_enc")
