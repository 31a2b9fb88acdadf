"""The table ``inquiry_count``: all that remains of inquiries that were not taken."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import STAFF


class InquiryCount(Base):
    """How many asked in a month (or, where those were few, in a year), and what is kept of them together.

    "" is unknown; "*" was left out so that no small combination points at a person: see ``rules/keeping.py``.
    """

    __tablename__ = "inquiry_count"
    __table_args__ = (
        CheckConstraint("span IN ('month', 'year')", name="span"),
        CheckConstraint("number > 0 AND in_juarez <= talked AND talked <= number", name="number"),
        Index("uq_inquiry_count_cell", "span", "first_on", "country", "state", "heard_of_us", "decision", unique=True),
    )

    id: Mapped[int] = pk()
    span: Mapped[str] = mapped_column(Text, info=STAFF)
    first_on: Mapped[date] = mapped_column(Date, info=STAFF)
    country: Mapped[str] = mapped_column(Text, info=STAFF)
    state: Mapped[str] = mapped_column(Text, info=STAFF)
    heard_of_us: Mapped[str] = mapped_column(Text, info=STAFF)
    decision: Mapped[str] = mapped_column(Text, info=STAFF)
    number: Mapped[int] = mapped_column(Integer, info=STAFF)
    talked: Mapped[int] = mapped_column(Integer, info=STAFF)
    in_juarez: Mapped[int] = mapped_column(Integer, info=STAFF)
