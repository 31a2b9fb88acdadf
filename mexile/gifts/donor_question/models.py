"""The tables ``donor_question`` and ``donor_answer``: whether a giver is the donor with their mail address."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment
from mexile.ground.privacy import STAFF


class DonorQuestion(Base):
    """A paid gift came with the mail address of a known donor and with another name: is it the same person?"""

    __tablename__ = "donor_question"

    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), primary_key=True, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class DonorAnswer(Base):
    """Somebody answered: the same person, or another one, who is a donor of their own since."""

    __tablename__ = "donor_answer"
    __table_args__ = (CheckConstraint("is_same IN (0, 1)", name="is_same"),)

    gift_id: Mapped[int] = mapped_column(ForeignKey("gift.id"), primary_key=True, info=STAFF)
    is_same: Mapped[int] = mapped_column(Integer, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
