"""The table ``arrival_party``: who came through a shelter's door, as its sheet says it.

A party is not a member. It has no name, stands in a list of its own, is in no member's search
and in no count of members, until somebody opens an inquiry from it; the inquiry will point here,
so that nothing of a member is ever written on this table.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF


class ArrivalParty(WithRid, Base):
    """One row of an imported sheet: ``people`` who arrived together on ``arrival_date``.

    ``country`` is ISO 3166 alpha-2, ``language`` ISO 639-3, ``destination`` two letters of a US state;
    None is unknown. ``file_id`` and ``row_number`` are its identity: the same row of the same file is the
    same party, and two equal rows of one file are two parties. ``said_enc`` keeps, under the batch's key,
    the words of the cells that were not understood, so that they can be understood later.
    """

    __tablename__ = "arrival_party"
    __table_args__ = (
        CheckConstraint("people >= 1", name="people"),
        CheckConstraint("country IS NULL OR length(country) = 2", name="country"),
        CheckConstraint("language IS NULL OR length(language) = 3", name="language"),
        CheckConstraint("destination IS NULL OR length(destination) = 2", name="destination"),
        Index("uq_arrival_party_row", "file_id", "row_number", unique=True),
        Index("ix_arrival_party_arrival_date", "arrival_date", "id"),
        Index("ix_arrival_party_batch_id", "batch_id"),
    )

    id: Mapped[int] = pk()
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), info=STAFF)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_file.id"), info=STAFF)
    row_number: Mapped[int] = mapped_column(Integer, info=STAFF)
    arrival_date: Mapped[date | None] = mapped_column(Date, info=STAFF)
    people: Mapped[int] = mapped_column(Integer, info=STAFF)
    country: Mapped[str | None] = mapped_column(Text, info=STAFF)
    language: Mapped[str | None] = mapped_column(Text, info=STAFF)
    destination: Mapped[str | None] = mapped_column(Text, info=STAFF)
    said_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
