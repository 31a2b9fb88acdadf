"""The table ``attorney_capacity``: how many open cases an attorney can answer for at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class AttorneyCapacity(Base):
    """What was said of one attorney; the newest row counts."""

    __tablename__ = "attorney_capacity"
    __table_args__ = (
        CheckConstraint("cases BETWEEN 0 AND 1000", name="cases"),
        Index("ix_attorney_capacity_user_id", "user_id", "id"),
    )

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    cases: Mapped[int] = mapped_column(Integer, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
