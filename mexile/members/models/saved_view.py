"""The table ``saved_view``: a list that somebody asks for again and again, under a name."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class SavedView(Base):
    """The filters of a list, as its address says them: codes, never people. A ``shared`` one is everybody's
    to use; whom it shows is still each reader's own right."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("shared IN (0, 1)", name="shared"),
        Index("uq_saved_view_user_id_title", "user_id", "title", unique=True),
    )

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    title: Mapped[str] = mapped_column(Text, info=STAFF)
    asked: Mapped[str] = mapped_column(Text, info=STAFF)
    shared: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
