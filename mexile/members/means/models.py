"""The tables ``means``, ``means_promise`` and ``means_promise_end``: what a household lives on until it may work."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class Means(WithRid, Base):
    """What one member told on one day of the means of the household. The newest row is what stands.

    Everything but who told and when may be empty: it is asked kindly and never required.
    ``weeks_covered`` counts from ``asked_on``. ``permit_on`` is the earliest day of a work permit where
    the clock of the case doesn't know it.
    """

    __tablename__ = "means"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(
            "host_kind IS NULL OR host_kind IN ('relative', 'friend', 'community', 'shelter', 'own', 'nobody')",
            name="host_kind",
        ),
        CheckConstraint("eaters IS NULL OR eaters BETWEEN 1 AND 60", name="eaters"),
        CheckConstraint("weeks_covered IS NULL OR weeks_covered BETWEEN 0 AND 520", name="weeks_covered"),
        CheckConstraint("(permit_on IS NULL) = (permit_source IS NULL)", name="permit_has_source"),
        Index("ix_means_household_id", "household_id", "asked_on"),
        Index("ix_means_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    asked_on: Mapped[date] = mapped_column(Date, info=STAFF)
    host_kind: Mapped[str | None] = mapped_column(Text, info=STAFF)
    host_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    roof_until: Mapped[date | None] = mapped_column(Date, info=STAFF)
    eaters: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    weeks_covered: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    permit_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    permit_source: Mapped[str | None] = mapped_column(Text, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    host = Sealed("host_enc")
    note = Sealed("note_enc")


class MeansPromise(WithRid, Base):
    """Somebody promised support until a day: who and what stay sealed under the key of who told us."""

    __tablename__ = "means_promise"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("kind IN ('roof', 'living', 'both', 'other')", name="kind"),
        CheckConstraint("until_on >= from_on", name="days"),
        Index("ix_means_promise_household_id", "household_id"),
        Index("ix_means_promise_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    who_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    what_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    until_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    who = Sealed("who_enc")
    what = Sealed("what_enc")


class MeansPromiseEnd(Base):
    """The promise no longer holds. That it was made stays written."""

    __tablename__ = "means_promise_end"

    promise_id: Mapped[int] = mapped_column(ForeignKey("means_promise.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
